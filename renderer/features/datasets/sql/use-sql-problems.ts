import { useEffect, useState } from 'react'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import type { TextProblem } from '../../../ui/editor/text-problem.ts'
import { statementsOf } from './statements.ts'

const REST_MS = 350
/** Of a text of very many statements only the first are checked while it is typed. */
const MOST_STATEMENTS = 20
const NONE: readonly TextProblem[] = []

/** What is wrong with the statements of a text, a moment after it was changed. A check that fails says nothing. */
export function useSqlProblems(text: string, isOffline: boolean): readonly TextProblem[] {
  const engine = useEngine()
  const [problems, setProblems] = useState(NONE)
  useEffect(() => {
    const stop = new AbortController()
    const check = async (): Promise<void> => {
      const checked = await Promise.all(
        statementsOf(text)
          .slice(0, MOST_STATEMENTS)
          .map(async ({ sql, start }) => {
            const found = await engine.sql.check({ sql, offline: isOffline }, { signal: stop.signal })
            return found.problems.map((problem) => ({
              ...problem,
              start: problem.start + start,
              end: problem.end + start,
            }))
          }),
      )
      if (!stop.signal.aborted) setProblems(checked.flat())
    }
    const resting = setTimeout(() => {
      check().catch(() => !stop.signal.aborted && setProblems(NONE))
    }, REST_MS)
    return () => {
      clearTimeout(resting)
      stop.abort()
    }
  }, [engine, text, isOffline])
  return problems
}
