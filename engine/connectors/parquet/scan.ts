import type { Column } from '../../contract/column.ts'
import { Failure, isFailure } from '../../contract/failure.ts'
import type { Duck } from '../../duck/duck.ts'
import { join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import type { ParquetSource } from './config.ts'
import type { ParquetFiles } from './dataset-files.ts'

/** The column of a scan that holds the file's absolute path. */
export const FILE_COLUMN = '_runnel_file'

export interface ParquetScan {
  /** `read_parquet(…)` with FILE_COLUMN; other columns than `columns` may stand in it. Undefined when there is no file. */
  readonly from: Sql | undefined
  readonly columns: readonly Column[]
  readonly rows: bigint
  readonly warnings: readonly string[]
}

/**
 * Reads footers only.
 * @throws Failure `parquet.invalid` naming the first file that is not readable.
 */
export async function openScan(duck: Duck, source: ParquetFiles, options: ParquetSource): Promise<ParquetScan> {
  const { files, partitions, manifest } = source
  if (files.length === 0) return { from: undefined, columns: manifest?.columns ?? [], rows: 0n, warnings: [] }
  const list = fileList(files)
  try {
    const shapes = await duck.rows(
      sql`SELECT count(DISTINCT shape) FROM (SELECT md5(string_agg(concat_ws(' ', name, type, coalesce(duckdb_type, '')), ',')) AS shape FROM parquet_schema(${list}) GROUP BY file_name)`,
    )
    const differ = shapes.rows[0]?.[0] !== '1'
    const declared = { ...declaredPartitionTypes(source), ...options.partitionTypes }
    const from = scanOf(list, { partitions, declared, differ })
    const found = await duck.columns(sql`SELECT * FROM ${from}`)
    const columns = await sourceColumns(duck, list, visibleColumns(found, source))
    const rows = await duck.value(sql`SELECT sum(num_rows) FROM parquet_file_metadata(${list})`)
    const warnings = differ ? ['the files differ in their columns; a column that a file lacks is NULL there'] : []
    return { from, columns, rows: BigInt(rows ?? '0'), warnings }
  } catch (error) {
    throw await namedFailure(duck, files, error)
  }
}

/** Paths for DuckDB, which would expand glob letters in them. */
export function fileList(files: readonly Pick<FolderFile, 'path'>[]): Sql {
  return sql`[${join(files.map(({ path }) => literal(path.replace(/[*?[]/g, (letter) => `[${letter}]`))))}]`
}

function scanOf(
  list: Sql,
  {
    partitions,
    declared,
    differ,
  }: { partitions: readonly string[]; declared: Record<string, string>; differ: boolean },
): Sql {
  const types = partitions.filter((name) => declared[name] !== undefined)
  const hiveTypes =
    types.length === 0
      ? sql``
      : sql`, hive_types = {${join(types.map((name) => sql`${literal(name)}: ${trusted(checkedType(declared[name] ?? ''))}`))}}`
  const hive = partitions.length === 0 ? sql`false` : sql`true`
  return sql`read_parquet(${list}, filename = ${literal(FILE_COLUMN)}, union_by_name = ${literal(differ)}, hive_partitioning = ${hive}${hiveTypes})`
}

/** A type's name stands in SQL as it is, so only letters, digits and what DECIMAL(p,s) needs may be in it. */
function checkedType(type: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_ ]*(\(\d+(,\s*\d+)?\))?$/.test(type)) return type
  throw new Failure('type.unsupported', { column: '', type, reason: 'not the name of a type for a partition column' })
}

/** What Runnel wrote it also remembers; other folders are read as DuckDB understands their names. */
function declaredPartitionTypes({ manifest, partitions }: ParquetFiles): Record<string, string> {
  const known = (manifest?.columns ?? []).filter(({ name }) => partitions.includes(name))
  return Object.fromEntries(known.map(({ name, type }) => [name, type]))
}

/** Without the path column and without partition columns that come from folders above the connection's. */
function visibleColumns(found: readonly Column[], { manifest, partitions }: ParquetFiles): Column[] {
  const own = found.filter(({ name }) => name !== FILE_COLUMN)
  if (manifest === undefined || partitions.length === 0) return own
  const order = new Map(manifest.columns.map(({ name }, i) => [name, i]))
  return own.toSorted((a, b) => (order.get(a.name) ?? order.size) - (order.get(b.name) ?? order.size))
}

/** Adds Parquet's own types. INT96 holds nanoseconds, which DuckDB's TIMESTAMP cuts to microseconds. */
async function sourceColumns(duck: Duck, list: Sql, columns: readonly Column[]): Promise<Column[]> {
  const { rows } = await duck.rows(
    sql`SELECT name, any_value(type), any_value(logical_type) FROM parquet_schema(${list}) WHERE num_children IS NULL GROUP BY name`,
  )
  const physical = new Map(rows.map(([name, type, logical]) => [name, { type, logical }]))
  return columns.map((column) => {
    const found = physical.get(column.name)
    if (typeof found?.type !== 'string') return { ...column, fidelity: { kind: 'exact' } }
    const sourceType = typeof found.logical === 'string' ? `${found.type} ${found.logical}` : found.type
    const isCut = found.type === 'INT96' && column.type === 'TIMESTAMP'
    const reason = 'INT96 holds nanoseconds; they are cut to microseconds'
    return { ...column, sourceType, fidelity: isCut ? { kind: 'lossy', reason } : { kind: 'exact' } }
  })
}

/** DuckDB names the file in most messages only; asking file by file always finds it. */
async function namedFailure(duck: Duck, files: readonly FolderFile[], error: unknown): Promise<unknown> {
  if (!isFailure(error, 'sql.invalid')) return error
  for (const file of files) {
    const footer = duck.rows(sql`SELECT count(*) FROM parquet_schema(${fileList([file])})`)
    const reason = await footer.then(
      () => undefined,
      (failure: unknown) => (isFailure(failure, 'sql.invalid') ? reasonOf(failure) : undefined),
    )
    if (reason !== undefined) return new Failure('parquet.invalid', { file: file.name, reason }, { cause: error })
  }
  return new Failure('parquet.invalid', { file: files[0]?.name ?? '', reason: reasonOf(error) }, { cause: error })
}

/** The first line: DuckDB adds the statement below. */
function reasonOf(failure: Failure): string {
  const cause = failure.cause instanceof Error ? failure.cause.message : failure.message
  return cause.split('\n', 1)[0] ?? cause
}
