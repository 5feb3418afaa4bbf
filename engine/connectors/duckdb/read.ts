import { type Column, LOCATOR_COLUMN } from '../../contract/column.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import { POSITION_COLUMN } from '../api/positions.ts'
import type { Reading, ReadRequest } from '../api/reading.ts'
import { assertNotCancelled } from '../shared/cancellation.ts'
import { pickColumns } from '../shared/pick-columns.ts'
import { attachFile, type DuckdbFile } from './attachment.ts'
import { type DuckdbTable, requireTable } from './catalogue.ts'

/** A reading that scans the attached file; the file stays attached until the reading is disposed. */
export async function readDuckdb(file: DuckdbFile, request: ReadRequest): Promise<Reading> {
  assertNotCancelled(request.signal, request.dataset)
  const attached = await attachFile(request.duck, file, 'read')
  try {
    const table = await requireTable(request.duck, attached.alias, request.dataset)
    const columns = pickColumns(request.dataset, table.columns, request.columns)
    const rows = await countRows(table, request)
    const locator: Column = { name: LOCATOR_COLUMN, type: 'VARCHAR', hidden: true }
    return {
      columns: request.withLocator === true ? [...columns, locator] : columns,
      relation: relationOf(table, columns, request),
      ...(await positionsOf(table, columns, request)),
      isExclusive: true,
      warnings: [],
      counts: () => ({ ...(rows === undefined ? {} : { rows }), rejected: 0n, bytes: 0n }),
      [Symbol.asyncDispose]: () => attached[Symbol.asyncDispose](),
    }
  } catch (error) {
    await attached[Symbol.asyncDispose]()
    throw error
  }
}

/** DuckDB knows a table's count; a view would have to be computed. */
async function countRows(table: DuckdbTable, { duck, limitRows, sample }: ReadRequest): Promise<bigint | undefined> {
  if (table.isView) return undefined
  const total = BigInt((await duck.value(sql`SELECT count(*) FROM ${table.from}`)) ?? '0')
  const cap = limitRows ?? sample?.rows
  return cap !== undefined && BigInt(cap) < total ? BigInt(cap) : total
}

/** Of a table that no row was taken from: then its row ids have no gaps. */
async function positionsOf(
  table: DuckdbTable,
  columns: readonly Column[],
  { duck, limitRows, sample, withLocator }: ReadRequest,
): Promise<Pick<Reading, 'positions'>> {
  const isPart = limitRows !== undefined || sample !== undefined || withLocator === true
  if (isPart || table.isView || table.columns.some(({ name }) => name.toLowerCase() === 'rowid')) return {}
  const { rows } = await duck.rows(
    sql`SELECT count(*)::VARCHAR, coalesce(max(rowid) + 1, 0)::VARCHAR FROM ${table.from}`,
  )
  const [count, end] = rows[0] ?? []
  if (typeof count !== 'string' || count !== end) return {}
  const list = join([...columns.map(({ name }) => id(name)), sql`rowid AS ${id(POSITION_COLUMN)}`])
  const relation = sql`SELECT ${list} FROM ${table.from}`
  return {
    positions: {
      rows: BigInt(count),
      relation,
      range: (from, to) => sql`${relation} WHERE rowid >= ${literal(from)} AND rowid < ${literal(to)}`,
      pick: (positions) => sql`${relation} WHERE rowid IN (${join(positions.map(literal))})`,
    },
  }
}

function relationOf(table: DuckdbTable, columns: readonly Column[], request: ReadRequest): Sql {
  const { sample, limitRows, withLocator } = request
  const hasRowId = !table.isView && table.columns.every(({ name }) => name.toLowerCase() !== 'rowid')
  const shown = columns.map(({ name }) => id(name))
  const list = join(
    withLocator === true ? [...shown, sql`${locatorOf(table, hasRowId)} AS ${id(LOCATOR_COLUMN)}`] : shown,
  )
  const select = sql`SELECT ${list} FROM ${table.from}`
  if (sample !== undefined) {
    const row = hasRowId ? sql`rowid` : join(table.columns.map(({ name }) => id(name)))
    return sql`${select} ORDER BY hash(${literal(String(sample.seed))}, ${row}) LIMIT ${literal(sample.rows)}`
  }
  return limitRows === undefined ? select : sql`${select} LIMIT ${literal(limitRows)}`
}

function locatorOf({ dataset, primaryKey }: DuckdbTable, hasRowId: boolean): Sql {
  if (primaryKey.length > 0) {
    const parts = primaryKey.map((key) => sql`${id(key)} := ${id(key)}`)
    return sql`to_json(struct_pack(${join(parts)}))::VARCHAR`
  }
  const row = hasRowId ? sql`rowid` : sql`row_number() OVER ()`
  return sql`${literal(dataset)} || ':' || (${row})`
}
