import { useEffect, useState } from 'react'
import type { Detection, RowsFrom } from '../../../../engine/contract/api/data.ts'
import { type Answer, useAnswer } from '../../../app/rpc/use-answer.ts'
import type { SourceOptions } from './stored-options.ts'

/** Typing is waited for, choosing hardly. */
const REST_MS = 200

/** How the source would be read with these options. The last answer stays until the new one comes; the question before is cancelled. */
export function useDetection(from: Exclude<RowsFrom, { sql: string }>, options: SourceOptions): Answer<Detection> {
  const rested = useRested(options)
  return useAnswer(
    ['data', 'detect', from, rested],
    (engine, signal) => engine.data.detect({ from, options: { ...rested } }, { signal }),
    { keepsLast: true },
  )
}

function useRested<Value>(value: Value): Value {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const resting = setTimeout(() => setRested(value), REST_MS)
    return () => clearTimeout(resting)
  }, [value])
  return rested
}
