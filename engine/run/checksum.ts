import { cellCount } from '../contract/cell-text.ts'
import type { Column } from '../contract/column.ts'
import type { ColumnChecksum } from '../contract/run.ts'
import type { Duck } from '../duck/duck.ts'
import { id, join, type Sql, sql, trusted } from '../sql/sql.ts'

/** Per column: how many values are not NULL, and the sum of their hashes. Sums of parts add up to the sum of the whole. */
export interface ChecksumState {
  readonly columns: readonly { readonly name: string; nonNull: bigint; sum: bigint }[]
}

export function emptyChecksums(columns: readonly Column[]): ChecksumState {
  return { columns: columns.map(({ name }) => ({ name, nonNull: 0n, sum: 0n })) }
}

/** Adds the rows of a relation. `values` gives the expression of each column, in the order of the state. */
export async function addChecksums(
  duck: Duck,
  state: ChecksumState,
  { relation, values }: { readonly relation: Sql; readonly values: readonly Sql[] },
  signal?: AbortSignal,
): Promise<void> {
  if (values.length === 0) return
  // HUGEINT holds the sum of 2^63 hashes; DuckDB's sum() of UBIGINT is a HUGEINT already.
  const sums = values.map(
    (value) => sql`count(${value}), coalesce(sum(hash(${value})) FILTER (${value} IS NOT NULL), 0)`,
  )
  const { rows } = await duck.rows(sql`SELECT ${join(sums)} FROM ${relation}`, signal === undefined ? {} : { signal })
  state.columns.forEach((column, i) => {
    column.nonNull += cellCount(rows[0]?.[2 * i])
    column.sum += cellCount(rows[0]?.[2 * i + 1])
  })
}

export function printChecksums(state: ChecksumState): ColumnChecksum[] {
  return state.columns.map(({ name, nonNull, sum }) => ({
    column: name,
    nonNull: String(nonNull),
    checksum: sum.toString(16).padStart(32, '0'),
  }))
}

/** The columns as they are. */
export function plainValues(columns: readonly Column[]): Sql[] {
  return columns.map(({ name }) => id(name))
}

/**
 * What a target gives back, cast to the types that were sent. Columns are found by name, ignoring case as most systems do.
 *
 * A nested value that the target keeps as text is JSON there. A value that cannot be cast back becomes NULL and so is noticed.
 */
export function readBackValues(sent: readonly Column[], found: readonly Column[]): (Sql | undefined)[] {
  return sent.map(({ name, type }) => {
    const column =
      found.find((candidate) => candidate.name === name) ??
      found.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
    if (column === undefined) return undefined
    if (column.type === type) return id(column.name)
    const isText = column.type === 'VARCHAR' || column.type === 'JSON'
    return isText && /[[(]|^MAP|^STRUCT/.test(type) && !type.startsWith('DECIMAL')
      ? sql`TRY_CAST(TRY_CAST(${id(column.name)} AS JSON) AS ${trusted(type)})`
      : sql`TRY_CAST(${id(column.name)} AS ${trusted(type)})`
  })
}

/** Names of columns whose checksums differ, the ones in `except` aside. */
export function differingColumns(
  sent: readonly ColumnChecksum[],
  found: readonly ColumnChecksum[],
  except: ReadonlySet<string>,
): string[] {
  return sent
    .filter(({ column }) => !except.has(column))
    .filter(({ column, nonNull, checksum }) => {
      const other = found.find((candidate) => candidate.column === column)
      return other !== undefined && (other.nonNull !== nonNull || other.checksum !== checksum)
    })
    .map(({ column }) => column)
}
