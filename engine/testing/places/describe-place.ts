import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import type { InboxFile } from '../../connectors/api/inbox.ts'
import type { PlaceConfig } from '../../connectors/shared/places/config.ts'
import { openPlace } from '../../connectors/shared/places/open-place.ts'
import type { Place, PlaceFile } from '../../connectors/shared/places/place.ts'
import { placeInbox } from '../../connectors/shared/places/place-inbox.ts'
import { placeRequest } from './place-fixture.ts'
import { CANARY, type TestFolder, type TestPlace } from './test-place.ts'

const NAMES = ['a b.csv', 'sub/deep/林.csv', "o'brien.csv", '-dash.csv', 'a+b%20.csv']

/** What every kind of place must hold, on a server that is really there. */
export function describePlace(kind: string, place: TestPlace): void {
  describe(`place ${kind}`, async () => {
    const here = await mkdtemp(join(tmpdir(), 'runnel-here-'))
    afterAll(() => rm(here, { recursive: true }))
    const open = (config: PlaceConfig, secrets = place.secrets): Promise<Place> =>
      openPlace(config, placeRequest(config, secrets, here))
    const put = async (to: Place, name: string, text: string, rest: object = {}): Promise<void> => {
      const path = join(here, 'going')
      await writeFile(path, text)
      await to.put({ name, path, ...rest })
    }
    const found = async (in_: Place, name: string): Promise<PlaceFile> => {
      const file = await in_.stat(name)
      if (file === undefined) throw new Error(`${name} is not there`)
      return file
    }
    const fetched = async (from: Place, name: string): Promise<string> => {
      const path = join(here, `coming-${Math.random()}`)
      await from.download(await found(from, name), path)
      return readFile(path, 'utf8')
    }
    const inFolder = async (work: (at: Place, folder: TestFolder) => Promise<void>): Promise<void> => {
      const folder = await place.openFolder()
      await using at = await open(folder.config)
      await work(at, folder)
      await folder.remove()
    }

    it('lists, tells and brings what others put there; hidden names are left out', () =>
      inFolder(async (at, folder) => {
        for (const name of [...NAMES, '.hidden.csv', '.folder/x.csv']) await folder.write(name, `in ${name}`)
        const listed = await at.list()
        expect(listed.map(({ name }) => name).toSorted()).toEqual(NAMES.toSorted())
        for (const { name, sizeBytes } of listed) {
          expect(sizeBytes).toBe(BigInt(Buffer.byteLength(`in ${name}`)))
          expect(await at.stat(name)).toMatchObject({ name, sizeBytes })
          expect(await fetched(at, name)).toBe(`in ${name}`)
        }
        expect(await at.stat('none.csv')).toBeUndefined()
        expect(await at.stat('sub')).toBeUndefined()
      }))

    it('puts whole files, empty ones and large ones, and replaces', () =>
      inFolder(async (at, folder) => {
        const large = 'x'.repeat(3_000_000)
        for (const [name, text] of [
          ...NAMES.map((each) => [each, 'new'] as const),
          ['empty', ''],
          ['large', large],
        ] as const)
          await put(at, name, text)
        expect((await folder.names()).length).toBe(NAMES.length + 2)
        expect(await fetched(at, 'empty')).toBe('')
        expect(await fetched(at, 'large')).toBe(large)
        const before = await found(at, 'large')
        await put(at, 'large', 'small')
        expect((await folder.read('large')).toString()).toBe('small')
        expect((await found(at, 'large')).version).not.toBe(before.version)
      }))

    it('puts on a condition, and leaves nothing when it does not hold', () =>
      inFolder(async (at, folder) => {
        await put(at, 'a.csv', 'first', { expected: { version: undefined } })
        const { version } = await found(at, 'a.csv')
        await put(at, 'a.csv', 'second one', { expected: { version } })
        for (const expected of [{ version }, { version: undefined }])
          await expect(put(at, 'a.csv', 'third', { expected })).rejects.toMatchObject({ code: 'file.changed' })
        expect(await folder.names()).toEqual(['a.csv'])
        expect(await fetched(at, 'a.csv')).toBe('second one')
      }))

    it('gives files as parcels: listed, known by content, put away without replacing any', () =>
      inFolder(async (at, folder) => {
        const inbox = placeInbox({ place: at, path: here })
        const only = async (): Promise<InboxFile> => {
          const [file, ...others] = await inbox.list('in/*.csv')
          if (file === undefined || others.length > 0) throw new Error(`${others.length + 1} files`)
          return file
        }
        expect(await inbox.list('in/*.csv')).toEqual([])
        await folder.write('done/a.csv', 'older')
        await folder.write('in/a.csv', 'one')
        const before = await only()
        expect(await inbox.digest(before)).toBe(createHash('sha256').update('one').digest('hex'))
        await folder.write('in/a.csv', 'another')
        await expect(inbox.digest(before)).rejects.toMatchObject({ code: 'file.changed' })
        expect(await inbox.move(before, 'done')).toBeUndefined()
        expect(await at.move(await found(at, 'in/a.csv'), 'done/a.csv')).toBe(false)
        await expect(inbox.move(await only(), '../out')).rejects.toMatchObject({ code: 'file.outside_folder' })
        expect(await inbox.move(await only(), 'done')).toBe('done/a-2.csv')
        expect((await at.list()).map(({ name }) => name).toSorted()).toEqual(['done/a-2.csv', 'done/a.csv'])
        expect(await fetched(at, 'done/a-2.csv')).toBe('another')
        expect(await fetched(at, 'done/a.csv')).toBe('older')
      }))

    it('stops when the signal is aborted, and goes on afterwards', () =>
      inFolder(async (at, folder) => {
        await folder.write('a.csv', 'x'.repeat(1_000_000))
        const signal = AbortSignal.abort()
        const file = await found(at, 'a.csv')
        const cancelled = { code: 'work.cancelled' }
        await expect(at.list(signal)).rejects.toMatchObject(cancelled)
        await expect(at.download(file, join(here, 'never'), signal)).rejects.toMatchObject(cancelled)
        await expect(put(at, 'b.csv', 'x', { signal })).rejects.toMatchObject(cancelled)
        const stop = new AbortController()
        const download = at.download(file, join(here, 'half'), stop.signal)
        stop.abort()
        await expect(download).rejects.toMatchObject(cancelled)
        expect(await folder.names()).toEqual(['a.csv'])
        expect((await fetched(at, 'a.csv')).length).toBe(1_000_000)
      }))

    it('names what is not there and who is not let in, without the secret', async () => {
      const failures: unknown[] = []
      const fails = async (config: PlaceConfig, secrets: TestPlace['secrets'], code: string): Promise<void> => {
        const failure = await open(config, secrets).then(
          () => undefined,
          (error: unknown) => error,
        )
        expect(failure).toMatchObject({ code })
        failures.push(failure)
      }
      await fails(place.nowhere, place.secrets, 'source.unavailable')
      await fails(place.somewhere, place.wrongSecrets, 'source.unauthorized')
      expect(inspect(failures, { depth: 12, showHidden: true })).not.toContain(CANARY)
    })
  })
}
