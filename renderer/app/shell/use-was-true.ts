import { useState } from 'react'

/** Whether the value is true or was in an earlier drawing. */
export function useWasTrue(value: boolean): boolean {
  const [was, setWas] = useState(value)
  if (value && !was) setWas(true)
  return value || was
}
