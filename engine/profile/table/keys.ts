import type { CodedColumn, CodeMatrix } from './code-matrix.ts'

/** Columns that larger keys are made of, the most telling first. */
const TRIED = 10
const MOST = 10

/**
 * Sets of up to three columns without NULL that no two rows share, none containing another: fewest columns first, and among those
 * the earlier columns.
 */
export function candidateKeys({ rows, columns }: CodeMatrix): { columns: string[] }[] {
  if (rows < 2) return []
  const full = columns.filter(({ nulls }) => nulls === 0)
  const isUnique = (set: readonly CodedColumn[]): boolean => noRowTwice(set, rows)
  const singles = full.filter((column) => column.values === rows)
  const rest = full
    .filter(({ values }) => values > 1 && values < rows)
    .toSorted((a, b) => b.values - a.values)
    .slice(0, TRIED)
  const pairs = pairsOf(rest).filter((set) => couldBeUnique(set, rows) && isUnique(set))
  const triples = triplesOf(rest).filter(
    (set) =>
      couldBeUnique(set, rows) && !pairs.some((pair) => pair.every((column) => set.includes(column))) && isUnique(set),
  )
  const place = (set: readonly CodedColumn[]): number => set.reduce((sum, column) => sum + columns.indexOf(column), 0)
  return [singles.map((column) => [column]), pairs, triples]
    .flatMap((sets) => sets.toSorted((a, b) => place(a) - place(b)))
    .slice(0, MOST)
    .map((set) => ({
      columns: set.toSorted((a, b) => columns.indexOf(a) - columns.indexOf(b)).map(({ name }) => name),
    }))
}

/** Whether no two rows are alike in a set of columns; NULL counts as a value. Ends at the first row that is: nearly at once for most sets. */
function noRowTwice(set: readonly CodedColumn[], rows: number): boolean {
  const seen = new Set<number>()
  for (let row = 0; row < rows; row++) {
    const key = combined(set, row)
    if (seen.has(key)) return false
    seen.add(key)
  }
  return true
}

/** One number for the codes of a row; exact below 2^53, which three columns of 100,000 rows each do not reach. */
function combined(set: readonly CodedColumn[], row: number): number {
  return set.reduce((key, { codes, values }) => key * (values + 1) + (codes[row] ?? 0), 0)
}

function couldBeUnique(set: readonly CodedColumn[], rows: number): boolean {
  return set.reduce((product, { values }) => product * values, 1) >= rows
}

function pairsOf(list: readonly CodedColumn[]): CodedColumn[][] {
  return list.flatMap((a, i) => list.slice(i + 1).map((b) => [a, b]))
}

function triplesOf(list: readonly CodedColumn[]): CodedColumn[][] {
  return list.flatMap((a, i) => pairsOf(list.slice(i + 1)).map((pair) => [a, ...pair]))
}
