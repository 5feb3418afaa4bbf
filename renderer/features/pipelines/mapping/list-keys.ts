/** Where a key takes the active place of a list of `count`; undefined when it is no such key. */
export function movedPlace(key: string, place: number, count: number, pageRows: number): number | undefined {
  if (count === 0) return undefined
  const targets: Readonly<Record<string, number>> = {
    ArrowUp: place - 1,
    ArrowDown: place + 1,
    PageUp: place - pageRows,
    PageDown: place + pageRows,
    Home: 0,
    End: count - 1,
  }
  const target = targets[key]
  return target === undefined ? undefined : Math.min(count - 1, Math.max(0, target))
}

/** Whether a name is looked for: every word of the search is in it, in any case. */
export function isFound(name: string, search: string): boolean {
  const folded = name.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => folded.includes(word))
}
