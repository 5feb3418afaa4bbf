import { Failure } from '../../../contract/failure.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { ReadRequest } from '../../api/reading.ts'
import { arrangedRows } from '../../shared/arranged-rows.ts'
import { pickColumns } from '../../shared/pick-columns.ts'
import { type FoundTable, findTable } from '../catalogue/find-table.ts'
import { queryColumns } from '../catalogue/query-columns.ts'
import { type PostgresColumn, tableColumns, toColumn } from '../catalogue/table-columns.ts'
import { tableKeys } from '../catalogue/table-keys.ts'
import type { PostgresConfig, PostgresSource } from '../config.ts'
import type { PostgresConnection } from '../connection/postgres-connection.ts'
import { POSTGRES_ARRANGING } from './arranging.ts'
import { keyRange } from './key-range.ts'
import { pageRanges } from './page-ranges.ts'

/** What is read: a table, or the rows of a query. */
export interface ReadPlan {
  readonly columns: readonly PostgresColumn[]
  /** FROM item under the alias `t`. */
  readonly from: Sql
  /** Text that says where a row stands. */
  readonly locator: Sql
  /** Parts of the dataset that together hold every row once: what follows the FROM item. */
  readonly ranges: readonly Sql[]
  readonly rowEstimate?: number
}

/** Below this a table is sampled by hashing every row, which gives exactly the number asked for. */
const HASHED_SAMPLE_ROWS = 200_000

/** What of a request matters before rows come. */
export type PlannedRequest = Omit<ReadRequest, 'duck' | 'options'>

/** Decides what to ask the server for. Runs in the transaction that will read. */
export async function planRead(
  connection: PostgresConnection,
  config: PostgresConfig,
  { source, request }: { source: PostgresSource; request: PlannedRequest },
): Promise<ReadPlan> {
  const call = { signal: request.signal }
  if (source.query !== undefined) {
    const query = selectOnly(source.query, request.dataset)
    const all = await queryColumns(connection, query, call)
    const columns = pickColumns(request.dataset, all, request.columns)
    const from = sql`(\n${query}\n) AS t`
    return { columns, from, locator: sql`'row ' || row_number() OVER ()`, ranges: [wholeRange(request, all)] }
  }
  const table = await findTable(connection, { dataset: request.dataset, defaultSchema: config.schema }, call)
  const all = await tableColumns(connection, table.oid, call)
  const columns = pickColumns(request.dataset, all, request.columns)
  const locator = request.withLocator === true ? await tableLocator(connection, table) : sql`''`
  const { sample } = request
  const isBig = table.rowEstimate > HASHED_SAMPLE_ROWS && (table.kind === 'r' || table.kind === 'm')
  if (sample !== undefined && isBig) {
    const percent = Math.min(100, (100 * sample.rows) / table.rowEstimate)
    const method = sql`TABLESAMPLE BERNOULLI (${trusted(percent.toPrecision(12))}) REPEATABLE (${literal(sample.seed)})`
    const from = sql`${id(table.schema, table.name)} AS t ${method}`
    return { columns, from, locator, ranges: [sql``], rowEstimate: sample.rows }
  }
  const from = sql`${id(table.schema, table.name)} AS t`
  const { limitRows, range, arrangement } = request
  const isWhole = [sample, limitRows, range, arrangement].every((chosen) => chosen === undefined)
  const ranges = isWhole
    ? await pageRanges(connection, table, { streams: source.streams, call })
    : [wholeRange(request, all)]
  return {
    columns,
    from,
    locator,
    ranges,
    ...(isWhole && table.rowEstimate > 0 ? { rowEstimate: table.rowEstimate } : {}),
  }
}

/** The whole dataset as far as the request wants it. */
function wholeRange(
  { limitRows, sample, arrangement, range }: PlannedRequest,
  columns: readonly PostgresColumn[],
): Sql {
  if (sample !== undefined) {
    const seed = literal(String(sample.seed))
    return sql`ORDER BY md5(t::text || ${seed}), t::text LIMIT ${literal(sample.rows)}`
  }
  if (range !== undefined) return keyRange(range)
  const rows = arrangement === undefined ? sql`` : arrangedRows(arrangement, columns.map(toColumn), POSTGRES_ARRANGING)
  return limitRows === undefined ? rows : sql`${rows} LIMIT ${literal(limitRows)}`
}

async function tableLocator(connection: PostgresConnection, table: FoundTable): Promise<Sql> {
  const keys = await tableKeys(connection, table.oid)
  const primary = keys.find(({ kind }) => kind === 'primary')
  if (primary !== undefined) {
    return sql`json_build_object(${join(primary.columns.map((name) => sql`${literal(name)}, ${id('t', name)}`))})::text`
  }
  return table.kind === 'r' || table.kind === 'm' ? sql`'ctid ' || t.ctid` : sql`'row ' || row_number() OVER ()`
}

/** The query of a source as a FROM item may hold it. @throws Failure `source.rejected` when it is no SELECT. */
export function selectOnly(query: string, dataset: string): Sql {
  const text = query.trim().replace(/;\s*$/, '')
  if (!/^(select|with|values|table)\b/i.test(text.replace(/^(\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()+/, ''))) {
    throw new Failure('source.rejected', { source: dataset, reason: 'the query of a source must be one SELECT' })
  }
  return trusted(text)
}
