import type { Duck, DuckCall } from '../../duck/duck.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import { finite } from '../columns/kind.ts'
import type { ProfiledColumn } from '../columns/profiled-column.ts'

export interface CodedColumn {
  readonly name: string
  /** 0 for NULL, else the value's place among the distinct values in their order, from 1. */
  readonly codes: Int32Array
  /** Distinct values but NULL. */
  readonly values: number
  readonly nulls: number
  /** Of number columns; NaN for NULL. */
  readonly numbers?: Float64Array
}

/** Rows as small numbers: what many columns are compared by without asking DuckDB for every pair. */
export interface CodeMatrix {
  readonly rows: number
  readonly columns: readonly CodedColumn[]
}

/** Reads a table as codes, in any order of rows. @param limitRows reads a random sample of so many when there are more */
export async function readCodeMatrix(
  duck: Duck,
  { from, columns, limitRows }: { from: Sql; columns: readonly ProfiledColumn[]; limitRows: number },
  call: DuckCall,
): Promise<CodeMatrix> {
  const numbers = columns.filter(({ kind }) => kind === 'number')
  const cells = [
    ...columns.map(
      ({ name }) =>
        sql`CASE WHEN ${id(name)} IS NULL THEN 0 ELSE CAST(dense_rank() OVER (ORDER BY ${id(name)} NULLS LAST) AS INTEGER) END`,
    ),
    ...numbers.map(({ name, type }) => finite(name, type)),
  ]
  const sample = sql`(FROM ${from} USING SAMPLE reservoir(${literal(limitRows)} ROWS) REPEATABLE (11))`
  const read = { codes: columns.map((): number[] => []), numbers: numbers.map((): number[] => []) }
  for await (const block of duck.blocks(sql`SELECT ${join(cells)} FROM ${sample}`, call)) {
    for (const row of block) {
      read.codes.forEach((codes, i) => codes.push(Number(row[i] ?? 0)))
      read.numbers.forEach((values, i) =>
        values.push(row[columns.length + i] === null ? Number.NaN : Number(row[columns.length + i])),
      )
    }
  }
  return {
    rows: read.codes[0]?.length ?? 0,
    columns: columns.map(({ name }, i) => {
      const found = numbers.findIndex((column) => column.name === name)
      return coded(name, read.codes[i] ?? [], found < 0 ? undefined : read.numbers[found])
    }),
  }
}

function coded(name: string, read: readonly number[], numbers: readonly number[] | undefined): CodedColumn {
  const codes = Int32Array.from(read)
  const nulls = codes.reduce((sum, code) => sum + (code === 0 ? 1 : 0), 0)
  const values = codes.reduce((most, code) => Math.max(most, code), 0)
  return { name, codes, values, nulls, ...(numbers === undefined ? {} : { numbers: Float64Array.from(numbers) }) }
}
