import { describe, expect, it } from 'vitest'
import { LOCATOR_COLUMN } from '../../contract/column.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { type ConnectorFixture, openSession } from './fixture.ts'
import { readRows } from './rows.ts'
import { manyRows, PEOPLE, sorted } from './tables.ts'

/** list, describe and read. */
export function registerReadChecks(fixture: ConnectorFixture): void {
  describe('read', () => {
    it('lists what is there in name order, and searches', async () => {
      await using site = await fixture.openSite()
      const names = [await site.seed('people', PEOPLE), await site.seed('animals', PEOPLE)]
      await using session = await openSession(fixture, site.request)
      const listed = await session.list({})
      expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
      expect(listed.map(({ name }) => name)).toEqual(listed.map(({ name }) => name).toSorted())
      expect((await session.list({ search: 'PEOP' })).map(({ name }) => name)).toEqual([names[0]])
    })

    it('describes columns and types as read gives them', async () => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('people', PEOPLE)
      await using session = await openSession(fixture, site.request)
      const options = fixture.connector.source.parse(fixture.sourceOptions ?? {})
      const { columns } = await session.describe(dataset, options)
      const read = await readRows(fixture, session, { dataset, duck })
      expect(columns.map(({ name }) => name)).toEqual(['id', 'name', 'note'])
      expect(columns.map(({ type }) => type)).toEqual(read.columns.map(({ type }) => type))
    })

    it('reads every row, and counts', async () => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('people', PEOPLE)
      await using session = await openSession(fixture, site.request)
      const read = await readRows(fixture, session, { dataset, duck })
      expect(read.rows).toEqual(sorted(PEOPLE.rows))
      expect(read.rejects).toEqual([])
      expect(read.counts.rows ?? 4n).toBe(4n)
      expect(read.counts.rejected).toBe(0n)
    })

    it('tells NULL from empty text', async () => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const rows = [
        ['1', '', null],
        ['2', null, ''],
        ['3', ' ', 'NULL'],
      ]
      const dataset = await site.seed('blanks', { ...PEOPLE, rows })
      await using session = await openSession(fixture, site.request)
      const read = await readRows(fixture, session, { dataset, duck })
      const shown = (cells: (string | null)[][]): (string | null)[][] =>
        fixture.distinguishesNull === false ? cells.map((row) => row.map((cell) => cell || null)) : cells
      expect(shown(read.rows)).toEqual(shown(sorted(rows)))
    })

    it('reads only some columns in the order asked for', async () => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('people', PEOPLE)
      await using session = await openSession(fixture, site.request)
      const read = await readRows(fixture, session, { dataset, duck, columns: ['name', 'id'] })
      expect(read.columns.map(({ name }) => name)).toEqual(['name', 'id'])
      expect(read.rows).toEqual(sorted(PEOPLE.rows.map(([id, name]) => [name ?? null, id ?? null])))
    })

    it('reads an empty dataset', async () => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('nobody', { ...PEOPLE, rows: [] })
      await using session = await openSession(fixture, site.request)
      const read = await readRows(fixture, session, { dataset, duck })
      expect(read.rows).toEqual([])
      expect(read.columns.map(({ name }) => name)).toEqual(['id', 'name', 'note'])
    })

    it('stops at a limit', async () => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const table = manyRows(5_000)
      const dataset = await site.seed('many', table)
      await using session = await openSession(fixture, site.request)
      const read = await readRows(fixture, session, { dataset, duck, limitRows: 7 })
      expect(read.rows).toHaveLength(7)
      expect(sorted(table.rows)).toEqual(expect.arrayContaining(read.rows))
    })

    it('gives the same sample for the same seed and another for another', async () => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 2 })
      const dataset = await site.seed('many', manyRows(5_000))
      await using session = await openSession(fixture, site.request)
      const sample = async (seed: number): Promise<(string | null)[][]> =>
        (await readRows(fixture, session, { dataset, duck, sample: { rows: 100, seed } })).rows
      const [first, again, other] = [await sample(1), await sample(1), await sample(2)]
      expect(first.length).toBeGreaterThan(50)
      expect(first.length).toBeLessThan(200)
      expect(new Set(first.map(([id]) => id)).size).toBe(first.length)
      expect(again).toEqual(first)
      expect(other).not.toEqual(first)
    })

    it('says where each row stands', async () => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('people', PEOPLE)
      await using session = await openSession(fixture, site.request)
      const read = await readRows(fixture, session, { dataset, duck, columns: ['id'], withLocator: true })
      expect(read.columns.at(-1)).toMatchObject({ name: LOCATOR_COLUMN, hidden: true })
      const locators = read.rows.map((row) => row.at(-1))
      expect(new Set(locators).size).toBe(4)
      expect(locators.every((locator) => typeof locator === 'string' && locator !== '')).toBe(true)
    })

    it('holds two readings at once', async () => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const [people, many] = [await site.seed('people', PEOPLE), await site.seed('many', manyRows(10))]
      await using session = await openSession(fixture, site.request)
      const reads = await Promise.all([people, many].map((dataset) => readRows(fixture, session, { dataset, duck })))
      expect(reads.map(({ rows }) => rows.length)).toEqual([4, 10])
    })
  })
}
