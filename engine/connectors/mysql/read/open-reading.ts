import { type Column, LOCATOR_COLUMN } from '../../../contract/column.ts'
import { Failure } from '../../../contract/failure.ts'
import { mysqlDialect } from '../../../sql/dialects.ts'
import { join, literal, printSql, type Sql, sql } from '../../../sql/sql.ts'
import type { Reading, ReadRequest } from '../../api/reading.ts'
import { arrangedRows } from '../../shared/arranged-rows.ts'
import type { MysqlSource } from '../config.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import { selectColumn } from '../types/read-type.ts'
import { MYSQL_ARRANGING } from './arranging.ts'
import { keyRange } from './key-range.ts'
import { SegmentReading } from './segment-reading.ts'
import { locatorExpression, type SourceColumn, type SourceRelation } from './source-relation.ts'

/** The locator as a column of its own: always text, and NULL without a primary key. */
const LOCATOR: SourceColumn = {
  column: { name: LOCATOR_COLUMN, type: 'VARCHAR', hidden: true },
  mapping: {
    type: 'VARCHAR',
    sourceType: 'text',
    fidelity: { kind: 'exact' },
    form: 'text',
    select: (column) => column,
  },
}

/**
 * Starts reading; the connection belongs to the reading from now on, unless its transaction holds a moment that was asked for.
 *
 * One stream: several connections see one state only under a global read lock, which a source must not be asked for
 * (MySQL and MariaDB have no snapshot that a second connection could join).
 * @throws Failure `source.dataset_missing` for a column that is not there.
 */
export async function openReading(
  connection: MysqlConnection,
  relation: SourceRelation,
  request: ReadRequest & { readonly options: MysqlSource },
): Promise<Reading> {
  const columns = chosenColumns(relation, request)
  const isHeld = request.moment !== undefined
  if (!isHeld) await connection.execute(sql`START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY`, request.signal)
  const expected = request.onProgress === undefined ? undefined : await expectedRows(connection, relation, request)
  const withLocator = request.withLocator === true
  const reading = new SegmentReading({
    connection,
    duck: request.duck,
    columns: withLocator ? [...columns, LOCATOR] : columns,
    key: relation.key,
    options: request.options,
    warnings: warningsOf(columns),
    isBorrowed: isHeld,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
    ...(expected === undefined ? {} : { expectedRows: expected }),
  })
  const statement = await selectStatement(connection, relation, columns, request)
  reading.start(printSql(statement, mysqlDialect))
  return reading
}

function chosenColumns({ columns }: SourceRelation, { columns: names, dataset }: ReadRequest): readonly SourceColumn[] {
  if (names === undefined) return columns
  return names.map((name) => {
    const found = columns.find(({ column }) => column.name === name)
    if (found === undefined) throw new Failure('source.dataset_missing', { dataset: `${dataset}, column ${name}` })
    return found
  })
}

async function selectStatement(
  connection: MysqlConnection,
  relation: SourceRelation,
  columns: readonly SourceColumn[],
  request: ReadRequest,
): Promise<Sql> {
  const expressions = columns.map(({ column, mapping }) => selectColumn(column.name, mapping))
  if (request.withLocator === true) expressions.push(sql`${locatorExpression(relation)} AS ${literal(LOCATOR_COLUMN)}`)
  const where =
    request.sample === undefined
      ? arranged(relation, request)
      : await sampleFilter(connection, relation, request.sample)
  const limit = request.limitRows === undefined ? sql`` : sql` LIMIT ${literal(Math.trunc(request.limitRows))}`
  return sql`SELECT ${join(expressions)} FROM ${relation.from}${where}${limit}`
}

function arranged({ columns }: SourceRelation, { arrangement, range }: ReadRequest): Sql {
  if (range !== undefined) return keyRange(range, { columns })
  if (arrangement === undefined) return sql``
  return arrangedRows(
    arrangement,
    columns.map(({ column }) => column),
    MYSQL_ARRANGING,
  )
}

/** RAND(seed) yields the same numbers in the same row order, so an unchanged table gives the same sample again. */
async function sampleFilter(
  connection: MysqlConnection,
  relation: SourceRelation,
  { rows, seed }: { rows: number; seed: number },
): Promise<Sql> {
  const total = Number((await connection.value(sql`SELECT count(*) FROM ${relation.from}`)) ?? '0')
  return total <= rows ? sql`` : sql` WHERE RAND(${literal(Math.trunc(seed))}) < ${literal(rows / total)}`
}

/** What the statistics say, for progress only; nothing for views and queries. */
async function expectedRows(
  connection: MysqlConnection,
  relation: SourceRelation,
  { sample, limitRows, signal }: ReadRequest,
): Promise<number | undefined> {
  if (relation.estimate === undefined) return undefined
  const { schema, table } = relation.estimate
  const estimate = await connection.value(
    sql`SELECT TABLE_ROWS FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${literal(schema)} AND TABLE_NAME = ${literal(table)}`,
    signal,
  )
  if (estimate === null) return undefined
  return Math.min(Number(estimate), sample?.rows ?? Infinity, limitRows ?? Infinity)
}

function warningsOf(columns: readonly SourceColumn[]): string[] {
  return columns.flatMap(({ column }: { column: Column }) =>
    column.fidelity?.kind === 'lossy' ? [`${column.name}: ${column.fidelity.reason}`] : [],
  )
}
