import type { TableProfile } from '../../contract/profile/table-profile.ts'
import type { CodeMatrix } from './code-matrix.ts'

const MOST = 20
const TOLD = 0.8
const LEAST_ROWS = 5

/** Columns of which both are NULL in at least 80 % of the rows where either is. Most rows first. */
export function missingTogether({ columns }: CodeMatrix): TableProfile['missingTogether']['found'] {
  const holed = columns.filter(({ nulls }) => nulls >= LEAST_ROWS)
  return holed
    .flatMap((a, i) =>
      holed.slice(i + 1).map((b) => {
        const both = a.codes.reduce((sum, code, row) => sum + (code === 0 && b.codes[row] === 0 ? 1 : 0), 0)
        const columnPair: [string, string] = [a.name, b.name]
        return { columns: columnPair, both, either: a.nulls + b.nulls - both }
      }),
    )
    .filter(({ both, either }) => both >= TOLD * either)
    .toSorted((a, b) => b.both - a.both)
    .slice(0, MOST)
}
