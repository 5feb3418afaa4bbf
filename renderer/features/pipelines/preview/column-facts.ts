import type { Cell } from '../../../../engine/contract/page.ts'

export interface ColumnFacts {
  /** 0..1 of the rows looked at. */
  readonly nullShare: number
  readonly distinct: number
}

/** What the shown rows of each column have in common; says nothing of rows that were not looked at. */
export function factsOf(columns: number, rows: readonly (readonly Cell[])[]): ColumnFacts[] {
  return Array.from({ length: columns }, (_, column) => {
    const values = rows.map((row) => row[column] ?? null)
    const given = values.filter((value) => value !== null)
    return {
      nullShare: rows.length === 0 ? 0 : (rows.length - given.length) / rows.length,
      distinct: new Set(given.map(comparable)).size,
    }
  })
}

/** Lists and objects by what they hold; a text that reads like one is another value. */
function comparable(value: Cell): unknown {
  return typeof value === 'object' ? `\0${JSON.stringify(value)}` : value
}
