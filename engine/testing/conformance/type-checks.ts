import { describe, expect, it } from 'vitest'
import { materialise } from '../../connectors/api/materialise.ts'
import type { Session } from '../../connectors/api/session.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { literal, sql } from '../../sql/sql.ts'
import { type ConnectorFixture, openSession, type TypeCase } from './fixture.ts'
import { openWriter, readRows } from './rows.ts'

/** Every type of the fixture's table: as read, and over Parquet back into the system. */
export function registerTypeChecks(fixture: ConnectorFixture): void {
  const types = fixture.types ?? []
  describe.runIf(types.length > 0)('types', () => {
    it.each(types.map((type) => [type.sourceType, type.literal, type] as const))(
      '%s %s',
      async (_type, _value, type) => {
        await using site = await fixture.openSite()
        await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
        if (site.seedTyped === undefined) throw new Error('a fixture with types needs seedTyped')
        const dataset = await site.seedTyped('typed', type.sourceType, type.literal)
        await using session = await openSession(fixture, site.request)
        const read = await readCells(fixture, session, duck, dataset)
        const refused = isRefused(type.cell)
        expect(read).toEqual({
          type: type.type,
          fidelity: type.fidelity,
          cells: refused ? [] : [type.cell],
          rejected: refused ? 1n : 0n,
        })
        const target = site.datasetName('returned')
        const mode = fixture.modes.find((candidate) => candidate === 'append' || candidate === 'replace')
        if (refused || type.noRoundTrip !== undefined || mode === undefined || target === undefined) return
        await copyOverParquet(fixture, session, duck, { dataset, target, mode })
        const expected = (await readRows(fixture, session, { dataset, duck })).rows
        expect((await readRows(fixture, session, { dataset: target, duck })).rows).toEqual(expected)
      },
    )
  })
}

function isRefused(cell: TypeCase['cell']): boolean {
  return typeof cell === 'object' && cell !== null && 'rejected' in cell
}

async function readCells(
  fixture: ConnectorFixture,
  session: Session,
  duck: Duck,
  dataset: string,
): Promise<{ type: string | undefined; fidelity: string | undefined; cells: unknown[]; rejected: bigint }> {
  const options = fixture.connector.source.parse(fixture.sourceOptions ?? {})
  await using reading = await session.read({ dataset, options, duck })
  const made = await materialise(duck, reading, 'typed')
  const { rows } = await duck.rows(sql`SELECT * FROM ${made.relation}`)
  const [column] = (await session.describe(dataset, options)).columns
  expect(column?.type).toBe(reading.columns[0]?.type)
  const result = {
    type: column?.type,
    fidelity: column?.fidelity?.kind,
    cells: rows.map(([cell]) => cell),
    rejected: reading.counts().rejected,
  }
  await duck.run(reading.relation === undefined ? sql`DROP TABLE typed` : sql`DROP VIEW typed`)
  return result
}

async function copyOverParquet(
  fixture: ConnectorFixture,
  session: Session,
  duck: Duck,
  trip: { dataset: string; target: string; mode: 'append' | 'replace' },
): Promise<void> {
  const file = `${duck.spillDirectory}/trip.parquet`
  const options = fixture.connector.source.parse(fixture.sourceOptions ?? {})
  {
    await using reading = await session.read({ dataset: trip.dataset, options, duck })
    const { relation } = await materialise(duck, reading, 'trip')
    await duck.run(sql`COPY (SELECT * FROM ${relation}) TO ${literal(file)} (FORMAT parquet)`)
    await duck.run(reading.relation === undefined ? sql`DROP TABLE trip` : sql`DROP VIEW trip`)
  }
  const relation = sql`(SELECT * FROM read_parquet(${literal(file)}))`
  const columns = await duck.columns(sql`SELECT * FROM ${relation}`)
  const { target: dataset, mode } = trip
  await using writer = await openWriter(fixture, session, { dataset, mode, duck, table: { columns, rows: [] } })
  await writer.stage(relation)
  await writer.commit()
}
