import type { KeptReject } from '../../../engine/contract/reject.ts'

const LONGEST = 4_000

/** What finds a refused row again among the rejects of its node: the columns of rejects that say something, long rows left out. */
export function rejectKey({ rule, column, value, locator, raw }: KeptReject): Record<string, string> {
  const cells = Object.entries({ rule, column, value, locator, raw })
  return Object.fromEntries(
    cells.flatMap(([name, cell]) => (cell === null || cell.length > LONGEST ? [] : [[name, cell] as const])),
  )
}
