/** Something that must come after others. */
export interface Dependent {
  readonly name: string
  readonly needs: readonly string[]
}

/**
 * What is needed first comes in an earlier level. Members of a circle, and what needs itself, come together as soon as nothing else is
 * in their way.
 */
export function inLevels<Item extends Dependent>(items: readonly Item[]): Item[][] {
  const levels: Item[][] = []
  let left = [...items]
  while (left.length > 0) {
    const names = new Set(left.map(({ name }) => name))
    const free = left.filter(({ name, needs }) => needs.every((need) => need === name || !names.has(need)))
    const level = free.length > 0 ? free : left
    levels.push(level)
    left = left.filter((item) => !level.includes(item))
  }
  return levels
}
