import { materialise } from '../../connectors/api/materialise.ts'
import type { Reading, ReadRequest } from '../../connectors/api/reading.ts'
import type { Session } from '../../connectors/api/session.ts'
import type { WriteOutcome, WriteRequest, Writer } from '../../connectors/api/writer.ts'
import type { Column } from '../../contract/column.ts'
import type { Duck } from '../../duck/duck.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { ConnectorFixture, SeedTable } from './fixture.ts'

export interface RowsRead {
  readonly columns: readonly Column[]
  /** Every cell as text, sorted. */
  readonly rows: (string | null)[][]
  readonly rejects: (string | null)[][]
  readonly counts: ReturnType<Reading['counts']>
}

let serial = 0

/** Reads a dataset whole, as a run would. */
export async function readRows(
  fixture: ConnectorFixture,
  session: Session,
  request: Omit<ReadRequest, 'options'>,
): Promise<RowsRead> {
  const options = fixture.connector.source.parse(fixture.sourceOptions ?? {})
  const reading = await session.read({ options, ...request })
  return drain(request.duck, reading)
}

/** Takes everything out of a reading and disposes it. */
export async function drain(duck: Duck, source: Reading): Promise<RowsRead> {
  await using reading = source
  const name = `kit_${serial++}`
  const made = await materialise(duck, reading, name)
  const rows = await textRows(duck, made.relation)
  const rejects = await textRows(duck, made.rejects)
  const counts = reading.counts()
  await duck.run(reading.relation === undefined ? sql`DROP TABLE ${id(name)}` : sql`DROP VIEW ${id(name)}`)
  return { columns: reading.columns, rows, rejects, counts }
}

async function textRows(duck: Duck, relation: Sql): Promise<(string | null)[][]> {
  const { rows } = await duck.rows(sql`SELECT COLUMNS(*)::VARCHAR FROM ${relation} ORDER BY ALL`)
  return rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : null)))
}

/** The rows of a table as a relation with exactly its types. */
export function relationOf({ columns, rows }: SeedTable): Sql {
  const casts = columns.map(({ name, type }, i) => sql`${id(`c${i}`)}::${trusted(type)} AS ${id(name)}`)
  const source = rows.length === 0 ? [columns.map(() => null)] : rows
  const values = source.map((row) => sql`(${join(row.map((cell) => sql`${literal(cell)}::VARCHAR`))})`)
  const names = join(columns.map((_, i) => id(`c${i}`)))
  return sql`(SELECT ${join(casts)} FROM (VALUES ${join(values)}) AS v(${names})${rows.length === 0 ? sql` WHERE false` : sql``})`
}

export type LoadRequest = Pick<WriteRequest, 'dataset' | 'mode' | 'duck'> &
  Partial<WriteRequest> & { readonly table: SeedTable }

/** Opens a writer for the table's columns with the fixture's target options. */
export function openWriter(fixture: ConnectorFixture, session: Session, request: LoadRequest): Promise<Writer> {
  if (session.write === undefined) throw new Error('the fixture names modes but the session has no writer')
  const { table, ...rest } = request
  return session.write({
    columns: table.columns,
    keys: [],
    loadId: `load${serial++}`,
    options: fixture.connector.target.parse(fixture.targetOptions ?? {}),
    ddl: 'create',
    ...rest,
  })
}

/** Stages and commits the table; gives the outcome. */
export async function load(fixture: ConnectorFixture, session: Session, request: LoadRequest): Promise<WriteOutcome> {
  await using writer = await openWriter(fixture, session, request)
  if (writer.committed !== undefined) return writer.committed
  await writer.stage(relationOf(request.table))
  return await writer.commit()
}
