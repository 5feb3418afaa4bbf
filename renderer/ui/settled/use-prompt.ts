import { useEffect, useRef, useState } from 'react'

/** The value at once when nothing changed for `ms` before it; of changes that follow each other sooner, the last one a moment after it. */
export function usePrompt<Value>(value: Value, ms: number): Value {
  const [shown, setShown] = useState(value)
  const changedAt = useRef(Number.NEGATIVE_INFINITY)
  const last = useRef(value)
  useEffect(() => {
    if (Object.is(last.current, value)) return
    last.current = value
    const now = performance.now()
    const wasQuiet = now - changedAt.current >= ms
    changedAt.current = now
    if (wasQuiet) return setShown(value)
    const timer = setTimeout(() => setShown(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return shown
}
