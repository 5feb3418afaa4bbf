interface ChangedSpan {
  /** Offsets in the old text; `end` is exclusive. */
  readonly start: number
  readonly end: number
  /** What stands there in the new one. */
  readonly text: string
}

/** The one part of a text that another replaces, as short as can be. */
export function changedSpan(before: string, after: string): ChangedSpan {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let same = 0
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++
  return { start, end: before.length - same, text: after.slice(start, after.length - same) }
}
