import { readdir } from 'node:fs/promises'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { OpenRequest } from '../../connectors/api/connector.ts'
import { DIAGNOSIS_STAGES, type DiagnosisStage } from '../../contract/diagnosis.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { type ConnectorFixture, openSession } from './fixture.ts'
import { load, openWriter, readRows, relationOf } from './rows.ts'
import { CHANGES, manyRows, PEOPLE, sorted } from './tables.ts'

/** Without a primary key, which would refuse an append of the same rows. */
const KEYLESS = { ...PEOPLE, key: [] }

/** What is missing, refused or cancelled; what is told; what is never told. */
export function registerFaultChecks(fixture: ConnectorFixture): void {
  describe('faults', () => {
    it('names a dataset that is not there and the nearest one', async () => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const suggestion = await site.seed('people', KEYLESS)
      await using session = await openSession(fixture, site.request)
      const dataset = site.datasetName('peoples') ?? ''
      const missing = { code: 'source.dataset_missing', detail: { suggestion } }
      const options = fixture.connector.source.parse(fixture.sourceOptions ?? {})
      await expect(session.describe(dataset, options)).rejects.toMatchObject(missing)
      await expect(readRows(fixture, session, { dataset, duck })).rejects.toMatchObject(missing)
    })

    it('says that a system is not there', async () => {
      const attempt = async (): Promise<void> => {
        await using session = await openSession(fixture, fixture.unavailable.request)
        await session.list({})
      }
      await expect(attempt()).rejects.toMatchObject({ code: fixture.unavailable.code ?? 'source.unavailable' })
    })

    it('stops a read whose signal is aborted and leaves nothing', async () => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('many', manyRows(5_000))
      await using session = await openSession(fixture, site.request)
      const before = await readdir(duck.spillDirectory)
      const read = readRows(fixture, session, { dataset, duck, signal: AbortSignal.abort() })
      await expect(read).rejects.toMatchObject({ code: 'work.cancelled' })
      expect(
        (await readdir(duck.spillDirectory)).filter((name) => !before.includes(name) && name !== 'duckdb'),
      ).toEqual([])
      expect((await readRows(fixture, session, { dataset, duck })).rows).toHaveLength(5_000)
    })

    it.each(fixture.modes.slice(0, 1))('stops %s whose signal is aborted and leaves nothing', async (mode) => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('people', KEYLESS)
      await using session = await openSession(fixture, site.request)
      const before = await site.everything()
      const stop = new AbortController()
      const attempt = async (): Promise<void> => {
        await using writer = await openWriter(fixture, session, {
          dataset,
          mode,
          duck,
          keys: ['id'],
          table: CHANGES,
          signal: stop.signal,
        })
        stop.abort()
        await writer.stage(relationOf(CHANGES))
        await writer.commit()
      }
      await expect(attempt()).rejects.toMatchObject({ code: 'work.cancelled' })
      expect(await site.everything()).toEqual(before)
      expect((await readRows(fixture, session, { dataset, duck })).rows).toEqual(sorted(PEOPLE.rows))
    })

    it.each(fixture.modes.slice(0, 1))('removes files of reading and of %s when disposed', async (mode) => {
      await using site = await fixture.openSite()
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const dataset = await site.seed('people', KEYLESS)
      await using session = await openSession(fixture, site.request)
      await readRows(fixture, session, { dataset, duck })
      await load(fixture, session, { dataset, mode, duck, keys: ['id'], table: CHANGES })
      expect((await readdir(duck.spillDirectory)).filter((name) => name !== 'duckdb')).toEqual([])
    })
  })

  describe('diagnose', () => {
    it('goes through every stage of a healthy system', async () => {
      await using site = await fixture.openSite()
      const stages = await diagnosed(fixture, site.request)
      expect(stages.map(({ stage }) => stage)).toEqual([...DIAGNOSIS_STAGES])
      expect(stages.filter(({ outcome }) => outcome === 'failed')).toEqual([])
      expect(stages.find(({ stage }) => stage === 'read')?.outcome).toBe('ok')
    })

    it('names the stage that fails, skips what depends on it, never throws', async () => {
      const stages = await diagnosed(fixture, fixture.unavailable.request)
      expect(stages.map(({ stage }) => stage)).toEqual([...DIAGNOSIS_STAGES])
      const failed = stages.filter(({ outcome }) => outcome === 'failed')
      expect(failed).toHaveLength(1)
      expect(failed[0]).toMatchObject({ cause: expect.stringMatching(/./), next: expect.stringMatching(/./) })
      expect(stages.find(({ stage }) => stage === 'read')?.outcome).not.toBe('ok')
    })
  })

  if (fixture.canary !== undefined) registerSecretChecks(fixture, fixture.canary)
}

/** A connector without secrets has none to print. */
function registerSecretChecks(fixture: ConnectorFixture, canary: string): void {
  describe('secrets', () => {
    it('are in no result', async () => {
      await using site = await fixture.openSite()
      const dataset = await site.seed('people', KEYLESS)
      await using session = await openSession(fixture, site.request)
      const options = fixture.connector.source.parse(fixture.sourceOptions ?? {})
      const told = [
        await session.list({}),
        await session.describe(dataset, options),
        await diagnosed(fixture, site.request),
        session,
      ]
      expect(shown(told)).not.toContain(canary)
    })

    it.each([fixture.unavailable.request, fixture.unauthorized].filter((request) => request !== undefined))(
      'are in no error (%#)',
      async (request) => {
        const error = await openSession(fixture, request)
          .then(async (session) => {
            await using open = session
            return await open.list({})
          })
          .catch((reason: unknown) => reason)
        expect(error).toBeInstanceOf(Error)
        expect(shown([error, await diagnosed(fixture, request)])).not.toContain(canary)
      },
    )

    const { unauthorized } = fixture
    if (unauthorized === undefined) return
    it('refused are named as such', async () => {
      await expect(openSession(fixture, unauthorized)).rejects.toMatchObject({ code: 'source.unauthorized' })
    })
  })
}

async function diagnosed(fixture: ConnectorFixture, request: OpenRequest<unknown>): Promise<DiagnosisStage[]> {
  return Array.fromAsync(fixture.connector.diagnose(request))
}

/** All ways in which something is printed: JSON, inspection with causes and hidden fields, the stack. */
function shown(values: readonly unknown[]): string {
  return values
    .map((value) => `${JSON.stringify(value, bigintText)}\n${inspect(value, { depth: 12, showHidden: true })}`)
    .join('\n')
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
