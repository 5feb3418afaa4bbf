import { expect, it } from 'vitest'
import type { NetTable } from '../../connectors/api/change-applier.ts'
import type { RowChange } from '../../connectors/api/changes.ts'
import { materialise } from '../../connectors/api/materialise.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { sql } from '../../sql/sql.ts'
import { type ChangeSite, type ChangeSourceFixture, LIMITS, missing, take } from './change-fixture.ts'
import type { TypeCase } from './fixture.ts'

/**
 * Every value of every type: written at the source, captured, applied to a second table of the same system, and read from both. What
 * cannot be read cannot be compared; those cases are left to the tests of the connector.
 */
export function registerCaptureTypes(fixture: ChangeSourceFixture, siteOf: () => ChangeSite): void {
  it('brings every value of every type to where it is read as at the source', async () => {
    const site = siteOf()
    const { session } = site
    const readable = fixture.types.filter(({ cell }) => !isRejected(cell))
    const columns = [...Map.groupBy(readable, ({ sourceType }) => sourceType)].map(([type, cases], i) => ({
      type,
      cases,
      name: `c${i}`,
    }))
    const definitions = columns.map(({ name, type }) => `${name} ${type}`)
    await site.run(...(fixture.typeSetup ?? []), `CREATE TABLE typed (id int PRIMARY KEY, ${definitions.join(', ')})`)
    const datasets = [site.dataset('typed')]
    const changes = session.changes ?? missing('change capture')
    await using stack = new AsyncDisposableStack()
    const applier = stack.use((await session.openApplier?.({ reader: 'types' })) ?? missing('applier'))
    const { position: from } = await changes.prepare({ reader: 'types', datasets })
    stack.defer(() => changes.forget('types'))
    const feed = await changes.open({ reader: 'types', datasets, from, ...LIMITS })
    stack.defer(() => feed[Symbol.asyncDispose]())
    const rows = Math.max(...columns.map(({ cases }) => cases.length))
    const values = Array.from({ length: rows }, (_, i) => columns.map(({ cases }) => cases[i]?.literal ?? 'NULL'))
    await site.run(...values.map((row, i) => `INSERT INTO typed VALUES (${i}, ${row.join(', ')})`))
    const { seen } = await take(feed, rows)
    const table = seen[0]?.table ?? missing('change')
    await applier.fit(table, { dataset: site.dataset('typed_copy'), ddl: 'create' })
    await applier.apply(netOf(seen), site.dataset('typed_copy'))
    await applier.commit('P')
    const duck = stack.use(await openDuck({ memoryLimitMb: 256, threads: 1 }))
    const [source, target] = [await readTable(site, duck, 'typed'), await readTable(site, duck, 'typed_copy')]
    const byType = (cells: readonly (readonly unknown[])[], types: readonly string[]): unknown[] =>
      columns.map(({ type }, c) => ({ type, as: types[c + 1], cells: cells.map((row) => comparable(row[c + 1])) }))
    const captured = table.columns.map(({ type }) => type)
    expect(byType(target.cells, captured)).toEqual(byType(source.cells, source.types))
    await site.run('DROP TABLE typed, typed_copy')
  })
}

function isRejected(cell: TypeCase['cell']): boolean {
  return typeof cell === 'object' && cell !== null && 'rejected' in cell
}

function netOf(changes: readonly RowChange[]): NetTable {
  const [first] = changes
  if (first === undefined) throw new Error('there is no change')
  const written = new Map(
    changes.flatMap((change) =>
      change.kind === 'insert' ? [[change.key, { line: change.line, unchanged: [] }] as const] : [],
    ),
  )
  return { table: first.table, isTruncated: false, deleted: [], written, moved: new Map(), copies: new Map() }
}

interface TableRead {
  readonly types: readonly string[]
  readonly cells: readonly (readonly unknown[])[]
}

async function readTable(site: ChangeSite, duck: Duck, table: string): Promise<TableRead> {
  await using reading = await site.session.read({ dataset: site.dataset(table), options: {}, duck })
  const made = await materialise(duck, reading, 'captured')
  const { rows } = await duck.rows(sql`SELECT * FROM ${made.relation} ORDER BY id`)
  await duck.run(reading.relation === undefined ? sql`DROP TABLE captured` : sql`DROP VIEW captured`)
  return { types: reading.columns.map(({ type }) => type), cells: rows }
}

/** A target may have a wider type: 7 as BIGINT comes as text. */
function comparable(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value
}
