import type { Column } from '../../contract/column.ts'
import type { Duck } from '../../duck/duck.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import { POSITION_COLUMN, type Positions } from '../api/positions.ts'
import { FILE_COLUMN, fileList } from './scan.ts'

export interface PositionedScan {
  /** `read_parquet(…)` with FILE_COLUMN. */
  readonly from: Sql
  readonly columns: readonly Column[]
  /** Absolute paths, in the order of the dataset. */
  readonly files: readonly string[]
}

interface FileRows {
  readonly path: string
  readonly first: bigint
  readonly end: bigint
}

/** A list of more files is longer as SQL than it is worth; their rows are then counted off. */
const MOST_FILES = 500

/**
 * Rows by their number across the files. A range of `file_row_number` lets DuckDB pass over every row group outside of it, so that
 * a page costs the same wherever it lies.
 */
export async function scanPositions(duck: Duck, scan: PositionedScan): Promise<Positions | undefined> {
  if (scan.files.length > MOST_FILES) return undefined
  const files = await countRows(duck, scan.files)
  const names = scan.columns.map(({ name }) => id(name))
  const select = ({ path, first }: FileRows): Sql => {
    const rows = sql`SELECT ${join([...names, sql`${literal(first)} + file_row_number AS ${id(POSITION_COLUMN)}`])} FROM ${scan.from}`
    // Choosing the only file would cost as much again as finding the rows.
    return files.length === 1 ? sql`${rows} WHERE true` : sql`${rows} WHERE ${id(FILE_COLUMN)} = ${literal(path)}`
  }
  const none = sql`SELECT ${join([...names, sql`0::BIGINT AS ${id(POSITION_COLUMN)}`])} FROM ${scan.from} WHERE false`
  const union = (parts: readonly Sql[]): Sql => (parts.length === 0 ? none : join(parts, ' UNION ALL '))
  return {
    rows: files.at(-1)?.end ?? 0n,
    relation: union(files.map(select)),
    range: (from, to) =>
      union(
        files
          .filter(({ first, end }) => from < end && to > first)
          .map((file) => {
            const start = literal(from - file.first)
            return sql`${select(file)} AND file_row_number >= ${start} AND file_row_number < ${literal(to - file.first)}`
          }),
      ),
    pick: (positions) =>
      union(
        files.flatMap((file) => {
          const own = positions.filter((position) => position >= file.first && position < file.end)
          const numbers = join(own.map((position) => literal(position - file.first)))
          return own.length === 0 ? [] : [sql`${select(file)} AND file_row_number IN (${numbers})`]
        }),
      ),
  }
}

async function countRows(duck: Duck, paths: readonly string[]): Promise<FileRows[]> {
  const { rows } = await duck.rows(
    sql`SELECT file_name, num_rows::VARCHAR FROM parquet_file_metadata(${fileList(paths.map((path) => ({ path })))})`,
  )
  const counts = new Map(rows.map(([name, count]) => [name, BigInt(typeof count === 'string' ? count : 0)]))
  let first = 0n
  return paths.map((path) => {
    const end = first + (counts.get(path) ?? 0n)
    const file = { path, first, end }
    first = end
    return file
  })
}
