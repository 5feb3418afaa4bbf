/** What was before and what was taken back, newest last. */
export interface History<Value> {
  readonly past: readonly Step<Value>[]
  readonly future: readonly Step<Value>[]
}

interface Step<Value> {
  readonly value: Value
  /** Changes of one group that follow each other quickly are one step. */
  readonly group: string | undefined
  readonly at: number
}

const MOST_STEPS = 200
const MERGE_MS = 1_000

export function emptyHistory<Value>(): History<Value> {
  return { past: [], future: [] }
}

/** Remembers `value`, which is being replaced now. */
export function remembered<Value>(
  history: History<Value>,
  value: Value,
  group: string | undefined,
  at: number,
): History<Value> {
  const last = history.past.at(-1)
  if (group !== undefined && last?.group === group && at - last.at < MERGE_MS) {
    return { past: [...history.past.slice(0, -1), { ...last, at }], future: [] }
  }
  return { past: [...history.past.slice(-MOST_STEPS + 1), { value, group, at }], future: [] }
}

interface Moved<Value> {
  readonly history: History<Value>
  readonly value: Value
}

/** One step back from `value`; undefined when there is none. */
export function undone<Value>({ past, future }: History<Value>, value: Value): Moved<Value> | undefined {
  const last = past.at(-1)
  if (last === undefined) return undefined
  return {
    value: last.value,
    history: { past: past.slice(0, -1), future: [...future, { ...last, value, group: undefined }] },
  }
}

/** One step forward again. */
export function redone<Value>({ past, future }: History<Value>, value: Value): Moved<Value> | undefined {
  const next = future.at(-1)
  if (next === undefined) return undefined
  return {
    value: next.value,
    history: { past: [...past, { ...next, value, group: undefined }], future: future.slice(0, -1) },
  }
}
