import { describe, expect, it } from 'vitest'
import { KEYED_MODES, type WriteMode } from '../../contract/write-mode.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { type ConnectorFixture, openSession, type SeedTable } from './fixture.ts'
import { modelLoad } from './model.ts'
import { drain, load, openWriter, readRows, relationOf } from './rows.ts'
import { CHANGES, PEOPLE, sorted } from './tables.ts'

/** A primary key would refuse what the modes without keys are meant to add. */
const peopleFor = (mode: WriteMode): SeedTable => ({ ...PEOPLE, key: keysFor(mode) })
const keysFor = (mode: WriteMode): string[] => (KEYED_MODES.has(mode) ? ['id'] : [])

/** Every mode against the model, keys, counts. */
export function registerWriteChecks(fixture: ConnectorFixture): void {
  const keyed = fixture.modes.filter((mode) => KEYED_MODES.has(mode))

  describe('write', () => {
    it.each(fixture.modes)('%s does to an existing dataset what the model says', async (mode) => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('people', peopleFor(mode))
      await using session = await openSession(fixture, site.request)
      const request = { dataset, mode, duck, keys: keysFor(mode), table: CHANGES }
      const { rows, targetRows, ...counts } = await loadWithRows()
      const expected = modelLoad({ mode, before: PEOPLE.rows, staged: CHANGES.rows, key: 0 })
      expect(rows).toEqual(sorted(expected.rows))
      expect(counts).toEqual({ inserted: expected.inserted, updated: expected.updated, deleted: expected.deleted })
      expect(targetRows ?? BigInt(rows.length)).toBe(BigInt(rows.length))

      async function loadWithRows(): Promise<Awaited<ReturnType<typeof load>> & { rows: (string | null)[][] }> {
        const outcome = await load(fixture, session, request)
        return { ...outcome, rows: (await readRows(fixture, session, { dataset, duck })).rows }
      }
    })

    it.each(fixture.modes)('%s of no rows keeps to the model', async (mode) => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('people', peopleFor(mode))
      await using session = await openSession(fixture, site.request)
      await load(fixture, session, { dataset, mode, duck, keys: keysFor(mode), table: { ...CHANGES, rows: [] } })
      const expected = modelLoad({ mode, before: PEOPLE.rows, staged: [], key: 0 })
      expect((await readRows(fixture, session, { dataset, duck })).rows).toEqual(sorted(expected.rows))
    })

    it.each(fixture.modes)('%s makes a dataset that is not there', async (mode) => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = site.datasetName('fresh') ?? ''
      await using session = await openSession(fixture, site.request)
      const request = { dataset, mode, duck, keys: keysFor(mode), table: CHANGES }
      const outcome = await load(fixture, session, request)
      const expected = modelLoad({ mode, before: [], staged: CHANGES.rows, key: 0 })
      expect(outcome.inserted).toBe(expected.inserted)
      const { rows } = await readRows(fixture, session, { dataset, duck })
      expect(rows).toEqual(sorted(expected.rows))
    })

    it.runIf(keyed.length > 0).each(keyed)('%s refuses doubled and NULL keys before any change', async (mode) => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('people', peopleFor(mode))
      await using session = await openSession(fixture, site.request)
      const attempt = async (rows: (string | null)[][]): Promise<unknown> =>
        load(fixture, session, { dataset, mode, duck, keys: ['id'], table: { ...CHANGES, rows } })
      const doubled = [...CHANGES.rows, ['5', 'Eva', 'again']].map((row) => [...row])
      await expect(attempt(doubled)).rejects.toMatchObject({ code: 'write.duplicate_key' })
      await expect(attempt([[null, 'x', 'y']])).rejects.toMatchObject({ code: 'write.null_key' })
      expect((await readRows(fixture, session, { dataset, duck })).rows).toEqual(sorted(PEOPLE.rows))
    })

    it.runIf(keyed.length > 0).each(keyed)('%s refuses to go without keys', async (mode) => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('people', peopleFor(mode))
      await using session = await openSession(fixture, site.request)
      await expect(load(fixture, session, { dataset, mode, duck, table: CHANGES })).rejects.toMatchObject({
        code: 'write.key_missing',
      })
    })

    it.runIf(fixture.refusedModes !== undefined).each(fixture.refusedModes ?? [])('%s is refused', async (mode) => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('people', peopleFor(mode))
      await using session = await openSession(fixture, site.request)
      await expect(
        load(fixture, session, { dataset, mode, duck, keys: keysFor(mode), table: CHANGES }),
      ).rejects.toMatchObject({ code: 'write.mode_unsupported' })
    })

    it.each(fixture.modes.slice(0, 1))(
      'shows nothing before the commit of %s and reads the stage back',
      async (mode) => {
        await using site = await fixture.openSite()
        await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
        const dataset = await site.seed('people', peopleFor(mode))
        await using session = await openSession(fixture, site.request)
        {
          await using writer = await openWriter(fixture, session, {
            dataset,
            mode,
            duck,
            keys: keysFor(mode),
            table: CHANGES,
          })
          expect(await writer.stage(relationOf({ ...CHANGES, rows: CHANGES.rows.slice(0, 1) }))).toBe(1n)
          expect(await writer.stage(relationOf({ ...CHANGES, rows: CHANGES.rows.slice(1) }))).toBe(3n)
          expect((await drain(duck, await writer.readBack())).rows).toEqual(sorted(CHANGES.rows))
        }
        expect((await readRows(fixture, session, { dataset, duck })).rows).toEqual(sorted(PEOPLE.rows))
      },
    )
  })

  describe('repeat', () => {
    it.each(fixture.modes)('%s twice under one load id is one load', async (mode) => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('people', peopleFor(mode))
      const request = {
        dataset,
        mode,
        duck,
        keys: keysFor(mode),
        table: CHANGES,
        loadId: 'load-one',
        state: { at: '9' },
      }
      const once = async (): Promise<{ isKnown: boolean; outcome: unknown }> => {
        await using session = await openSession(fixture, site.request)
        await using writer = await openWriter(fixture, session, request)
        if (writer.committed !== undefined) return { isKnown: true, outcome: writer.committed }
        await writer.stage(relationOf(CHANGES))
        return { isKnown: false, outcome: await writer.commit() }
      }
      const { isKnown, outcome } = await once()
      expect(isKnown).toBe(false)
      expect(await once()).toEqual({ isKnown: true, outcome })
      await using session = await openSession(fixture, site.request)
      const expected = modelLoad({ mode, before: PEOPLE.rows, staged: CHANGES.rows, key: 0 })
      expect((await readRows(fixture, session, { dataset, duck })).rows).toEqual(sorted(expected.rows))
    })

    it.each(fixture.modes.slice(0, 1))('clears away what an abandoned %s left', async (mode) => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('people', peopleFor(mode))
      await using session = await openSession(fixture, site.request)
      const request = { dataset, mode, duck, keys: keysFor(mode), table: CHANGES }
      await load(fixture, session, request)
      const before = await site.everything()
      await using abandoned = await openWriter(fixture, session, { ...request, loadId: 'abandoned' })
      await abandoned.stage(relationOf(CHANGES))
      await using later = await openSession(fixture, site.request)
      await load(fixture, later, { ...request, mode, loadId: 'later' })
      const after = await site.everything()
      // An append to a folder of files may add the file it is meant to add.
      expect(after.length - before.length).toBeLessThanOrEqual(mode === 'append' ? 1 : 0)
      expect(after.filter((name) => /stage|tmp/.test(name))).toEqual([])
    })
  })
}
