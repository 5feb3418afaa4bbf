import { type Column, LOCATOR_COLUMN } from '../../contract/column.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { Reading, ReadRequest } from '../api/reading.ts'
import { assertNotCancelled } from '../shared/cancellation.ts'
import type { FileFolder, FolderFile } from '../shared/folder-file.ts'
import { pickColumns } from '../shared/pick-columns.ts'
import { parquetSourceSchema } from './config.ts'
import { resolveParquet } from './dataset-files.ts'
import { scanPositions } from './positions.ts'
import { FILE_COLUMN, openScan, type ParquetScan } from './scan.ts'

const LOCATOR: Column = { name: LOCATOR_COLUMN, type: 'VARCHAR', hidden: true }

/** A reading that DuckDB scans by itself: projection, limits and filters reach the file. */
export async function readParquet(folder: FileFolder, request: ReadRequest): Promise<Reading> {
  const { dataset, duck, signal, withLocator = false } = request
  assertNotCancelled(signal, dataset)
  const source = await resolveParquet(folder, dataset, signal)
  const scan = await openScan(duck, source, parquetSourceSchema.parse(request.options))
  const columns = pickColumns(dataset, scan.columns, request.columns)
  const total = request.limitRows === undefined ? scan.rows : minimum(scan.rows, BigInt(request.limitRows))
  const rows = request.sample === undefined ? total : minimum(scan.rows, BigInt(request.sample.rows))
  const bytes = source.files.reduce((sum, file) => sum + file.fingerprint.sizeBytes, 0n)
  return {
    columns: withLocator ? [...columns, LOCATOR] : columns,
    relation: relationOf(scan, columns, { request, root: rootOf(source.files[0]) }),
    ...(await positionsOf(scan, columns, { request, files: source.files })),
    warnings: scan.warnings,
    counts: () => ({ rows, rejected: 0n, bytes }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

/** Of the whole dataset only, and where no column hides DuckDB's row numbers. */
async function positionsOf(
  scan: ParquetScan,
  columns: readonly Column[],
  { request, files }: { request: ReadRequest; files: readonly FolderFile[] },
): Promise<Pick<Reading, 'positions'>> {
  const { duck, limitRows, sample, withLocator } = request
  const isPart = limitRows !== undefined || sample !== undefined || withLocator === true
  if (isPart || scan.from === undefined) return {}
  if (scan.columns.some(({ name }) => name.toLowerCase() === 'file_row_number')) return {}
  const positions = await scanPositions(duck, { from: scan.from, columns, files: files.map(({ path }) => path) })
  return positions === undefined ? {} : { positions }
}

function relationOf(
  scan: ParquetScan,
  columns: readonly Column[],
  { request, root }: { request: ReadRequest; root: string },
): Sql {
  const { sample, limitRows, withLocator } = request
  const shown = columns.map(({ name }) => id(name))
  if (scan.from === undefined) {
    const none = [...columns, ...(withLocator === true ? [LOCATOR] : [])]
    return sql`SELECT ${join(none.map(({ name, type }) => sql`NULL::${trusted(type)} AS ${id(name)}`))} WHERE false`
  }
  // A column of the file's own hides DuckDB's row number; the file alone then has to do.
  const hasNumber = scan.columns.every(({ name }) => name.toLowerCase() !== 'file_row_number')
  const file = sql`substr(${id(FILE_COLUMN)}, ${literal(root.length + 1)})`
  const place = hasNumber ? sql`${file} || ':' || (file_row_number + 1)` : file
  const list = join(withLocator === true ? [...shown, sql`${place} AS ${id(LOCATOR_COLUMN)}`] : shown)
  const select = sql`SELECT ${list} FROM ${scan.from}`
  if (sample !== undefined) {
    const row = hasNumber ? sql`${file}, file_row_number` : join(scan.columns.map(({ name }) => id(name)))
    const order = sql`hash(${literal(String(sample.seed))}, ${row})`
    return sql`${select} ORDER BY ${order} LIMIT ${literal(sample.rows)}`
  }
  return limitRows === undefined ? select : sql`${select} LIMIT ${literal(limitRows)}`
}

/** What the paths of a dataset start with before the names a person knows. */
function rootOf(file: { readonly path: string; readonly name: string } | undefined): string {
  return file?.path.endsWith(file.name) === true ? file.path.slice(0, -file.name.length) : ''
}

function minimum(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
