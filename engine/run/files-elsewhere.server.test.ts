import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { connectorOfKind } from '../connectors/all.ts'
import type { Connector } from '../connectors/api/connector.ts'
import { commitLoad, committedLoad } from '../connectors/shared/file-loads.ts'
import { resolveTarget } from '../connectors/shared/file-target.ts'
import { fileConfigSchema } from '../connectors/shared/places/config.ts'
import { fetchFile } from '../connectors/shared/places/mirror.ts'
import { openPlace } from '../connectors/shared/places/open-place.ts'
import type { Place } from '../connectors/shared/places/place.ts'
import { Failure } from '../contract/failure.ts'
import { openDuck } from '../duck/open-duck.ts'
import { load, openWriter, readRows, relationOf } from '../testing/conformance/rows.ts'
import { CHANGES, PEOPLE, sorted } from '../testing/conformance/tables.ts'
import { startStore } from '../testing/places/object-store.ts'
import { placeFixture, placeRequest } from '../testing/places/place-fixture.ts'
import { s3TestPlace } from '../testing/places/s3-test-place.ts'
import { CANARY } from '../testing/places/test-place.ts'

const servers = new AsyncDisposableStack()
const directory = await mkdtemp(join(tmpdir(), 'runnel-elsewhere-'))
servers.defer(() => rm(directory, { recursive: true, force: true }))
const store = servers.use(await startStore(join(directory, 's3'), CANARY))
const testPlace = s3TestPlace(store)
afterAll(() => servers.disposeAsync())

async function connectorOf(kind: string): Promise<Connector> {
  const connector = await connectorOfKind(kind)
  if (connector === undefined) throw new Error(`there is no ${kind}`)
  return connector
}

it.each([
  ['text', 'in/people.csv', 'in/people.csv'],
  ['text', 'people.tsv.gz', 'people.tsv.gz'],
  ['json', 'people.json', 'people.json'],
  ['json', 'in/people.ndjson.zst', 'in/people.ndjson.zst'],
  ['xml', 'people.xml', 'people.xml'],
  ['excel', 'people.xlsx!Staff', 'people.xlsx!Staff'],
  ['parquet', 'in/people.parquet', 'in/people.parquet'],
])('%s writes %s once per load id, lists it and reads it back', async (kind, dataset, listed) => {
  const connector = await connectorOf(kind)
  const fixture = placeFixture(connector, testPlace)
  await using site = await fixture.openSite()
  await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
  await using session = await connector.open(site.request)
  const columns = PEOPLE.columns.map((column) => ({ ...column, type: 'VARCHAR' }))
  const rows = [
    ['k1', 'Ada', 'plain, "q"'],
    ['k2', '林', null],
  ]
  const request = { dataset, mode: 'replace', duck, keys: [], table: { columns, rows }, loadId: 'load-1' } as const
  expect(await load(fixture, session, request)).toMatchObject({ inserted: 2n })
  await using again = await openWriter(fixture, session, request)
  expect(again.committed).toMatchObject({ inserted: 2n })
  expect((await session.list({})).map(({ name }) => name)).toEqual([listed])
  expect((await readRows(fixture, session, { dataset, duck })).rows).toEqual(sorted(rows))
  const glob = dataset.replace('people', '*')
  expect((await readRows(fixture, session, { dataset: glob, duck })).rows).toEqual(sorted(rows))
})

it('refuses to leave the folder, a folder of Parquet, and both a folder and a place', async () => {
  const fixture = placeFixture(await connectorOf('parquet'), testPlace)
  await using site = await fixture.openSite()
  await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
  await using session = await fixture.connector.open(site.request)
  for (const dataset of ['../x.parquet', '/etc/x.parquet', 'a/../../x.parquet'])
    await expect(session.describe(dataset, {})).rejects.toMatchObject({ code: 'file.outside_folder' })
  const request = { dataset: 'folder', mode: 'append', duck, table: CHANGES } as const
  await expect(load(fixture, session, request)).rejects.toMatchObject({ code: 'target.rejected' })
  const place = { kind: 's3', bucket: 'b' }
  expect(fileConfigSchema.safeParse({ place }).success).toBe(true)
  for (const config of [
    {},
    { folder: 'in', place },
    { place: { kind: 'smb' } },
    { place: { ...place, endpoint: 'https://user:pw@host' } },
  ])
    expect(fileConfigSchema.safeParse(config).success).toBe(false)
})

it('reads a folder of partitions as one dataset', async () => {
  const fixture = placeFixture(await connectorOf('parquet'), testPlace)
  await using site = await fixture.openSite()
  await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
  await using session = await fixture.connector.open(site.request)
  for (const [i, region] of ['EU', 'US'].entries()) {
    const table = { columns: [{ name: 'v', type: 'BIGINT' }], rows: [[String(i)]] }
    await load(fixture, session, { dataset: `sales/region=${region}/0.parquet`, mode: 'replace', duck, table })
  }
  expect((await session.list({})).map(({ name }) => name)).toEqual(['sales'])
  const { columns, rows } = await readRows(fixture, session, { dataset: 'sales', duck })
  expect(columns.map(({ name }) => name)).toEqual(['v', 'region'])
  expect(rows).toEqual([
    ['0', 'EU'],
    ['1', 'US'],
  ])
})

it('an append whose file changed meanwhile is refused, and the change stays', async () => {
  const fixture = placeFixture(await connectorOf('text'), testPlace)
  await using site = await fixture.openSite()
  await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
  const dataset = await site.seed('people', PEOPLE)
  await using session = await fixture.connector.open(site.request)
  await using writer = await openWriter(fixture, session, { dataset, mode: 'append', duck, table: CHANGES })
  await writer.stage(relationOf(CHANGES))
  await site.seed('people', { ...PEOPLE, rows: PEOPLE.rows.slice(0, 1) })
  await expect(writer.commit()).rejects.toMatchObject({ code: 'file.changed' })
  expect((await readRows(fixture, session, { dataset, duck })).rows).toHaveLength(1)
})

/** A place of which a test has one call of its own; the others are those of the store. */
function withCall(place: Place, own: Partial<Place>): Place {
  return {
    id: place.id,
    list: (signal) => place.list(signal),
    stat: (name, signal) => place.stat(name, signal),
    download: (file, path, signal) => place.download(file, path, signal),
    put: (request) => place.put(request),
    move: (file, to) => place.move(file, to),
    removeStale: (name) => place.removeStale(name),
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
    ...own,
  }
}

async function inPlace(work: (place: Place, mirror: string) => Promise<void>): Promise<void> {
  const folder = await testPlace.openFolder()
  const mirror = await mkdtemp(join(directory, 'mirror-'))
  await using place = await openPlace(folder.config, placeRequest(folder.config, testPlace.secrets, mirror))
  await work(place, mirror)
  await folder.remove()
}

const put = async (place: Place, text: string): Promise<void> => {
  const path = join(directory, 'going')
  await writeFile(path, text)
  await place.put({ name: 'a.csv', path })
}

it('notices a file that changes while it is fetched, and leaves no copy of it', () =>
  inPlace(async (place, mirror) => {
    await put(place, 'before')
    const found = await place.stat('a.csv')
    if (found === undefined) throw new Error('it was put there')
    const changing = withCall(place, {
      download: async (...args: Parameters<Place['download']>) => {
        await place.download(...args)
        await put(place, 'after!')
      },
    })
    await expect(fetchFile({ place: changing, mirror }, found)).rejects.toMatchObject({ code: 'file.changed' })
    expect(await readdir(mirror)).toEqual([])
  }))

it('asks whether a load is there when the answer is lost', async () => {
  const lost = new Failure('source.unavailable', { source: 'store', reason: 'reset' })
  const attempt = async (arrives: boolean): Promise<unknown[]> => {
    const seen: unknown[] = []
    await inPlace(async (place, mirror) => {
      const failing = withCall(place, {
        put: async (request) => {
          if (arrives || request.name !== 'a.csv') await place.put(request)
          if (request.name === 'a.csv') throw lost
        },
      })
      const folder = { source: 'store', path: mirror, place: failing, [Symbol.asyncDispose]: () => Promise.resolve() }
      const target = await resolveTarget(folder, 'a.csv')
      const produce = (path: string): Promise<void> => writeFile(path, 'rows')
      seen.push(await commitLoad({ target, loadId: 'load-1', inserted: 1n, produce }).catch((error: unknown) => error))
      seen.push(await committedLoad(target, 'load-1'))
      seen.push(...(await readdir(mirror)).filter((name) => name.startsWith('leaving-')))
    })
    return seen
  }
  const outcome = { inserted: 1n, updated: 0n, deleted: 0n }
  expect(await attempt(true)).toEqual([outcome, outcome])
  expect(await attempt(false)).toEqual([lost, undefined])
})
