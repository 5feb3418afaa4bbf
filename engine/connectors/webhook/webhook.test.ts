import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDuck } from '../../duck/open-duck.ts'
import { sql } from '../../sql/sql.ts'
import type { ChangeBatch, ChangeFeed, ChangeSource } from '../api/changes.ts'
import { materialise } from '../api/materialise.ts'
import type { Session } from '../api/session.ts'
import { webhook } from './connector.ts'
import { type DeliveryStore, openDeliveries } from './deliveries.ts'

let folder: string
let store: DeliveryStore
let session: Session
let changes: ChangeSource

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-webhook-'))
  store = openDeliveries(join(folder, 'hook.sqlite'))
  const config = webhook.config.parse({ file: 'hook.sqlite' })
  session = await webhook.open({ name: 'hook', config, baseDirectory: folder, secret: async () => undefined })
  if (session.changes === undefined) throw new Error('no changes')
  changes = session.changes
})
afterEach(async () => {
  await session[Symbol.asyncDispose]()
  store[Symbol.dispose]()
  await rm(folder, { recursive: true })
})

const deliver = (...ids: string[]): boolean[] =>
  ids.map((id, i) => store.add({ id, receivedAt: i * 1_000, headers: { 'x-kind': 'a' }, body: `{"t":"tab\\t${id}"}` }))

async function read(request: object = {}): Promise<unknown[][]> {
  await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
  await using reading = await session.read({ dataset: 'deliveries', options: {}, duck, ...request })
  const { relation } = await materialise(duck, reading, 'shown')
  return (await duck.rows(sql`SELECT COLUMNS(*)::VARCHAR FROM ${relation} ORDER BY 1`)).rows
}

const open = (from?: string): Promise<ChangeFeed> =>
  changes.open({
    datasets: ['deliveries'],
    reader: 'r',
    flushMs: 5,
    idleMs: 50,
    mostChanges: 100,
    mostBytes: 1_000_000,
    ...(from === undefined ? {} : { from }),
  })
const keysOf = (batch: ChangeBatch | undefined): (string | undefined)[] =>
  batch?.changes.map((change) => ('key' in change ? change.key : undefined)) ?? []

describe('deliveries', () => {
  it('are kept once, numbered as they came, and read as a table by ranges', async () => {
    expect(deliver('a', 'b', 'a', 'c')).toEqual([true, true, false, true])
    expect(await read()).toEqual([
      ['1', 'a', '1970-01-01 00:00:00+00', '{"x-kind":"a"}', '{"t":"tab\\ta"}'],
      ['2', 'b', '1970-01-01 00:00:01+00', '{"x-kind":"a"}', '{"t":"tab\\tb"}'],
      ['3', 'c', '1970-01-01 00:00:03+00', '{"x-kind":"a"}', '{"t":"tab\\tc"}'],
    ])
    expect(await session.keyBound?.({ dataset: 'deliveries', keys: ['sequence'], rows: 2 })).toEqual(['2'])
    expect(await read({ range: { keys: ['sequence'], after: ['1'], upTo: ['2'] }, columns: ['id'] })).toEqual([['b']])
    await expect(session.describe('other', {})).rejects.toMatchObject({ code: 'source.dataset_missing' })
  })

  it('come as changes, from where a reader had come', async () => {
    deliver('before')
    const { position, isNew } = await changes.prepare({ reader: 'r', datasets: [] })
    expect([isNew, (await changes.prepare({ reader: 'r', datasets: [] })).isNew]).toEqual([true, false])
    deliver('a', 'b')
    await using feed = await open(position)
    const first = await feed.next()
    expect(keysOf(first)).toEqual(['2', '3'])
    expect(first).toMatchObject({ isOpen: false, transactions: 2 })
    deliver('c')
    const second = await feed.next()
    expect(keysOf(second)).toEqual(['4'])
    feed.acknowledge(second?.position ?? '')
    expect(await changes.state('r')).toMatchObject({ position: second?.position, lagBytes: 0 })
    deliver('d')
    await using later = await open()
    expect(keysOf(await later.next())).toEqual(['5'])
    expect(await later.next()).toMatchObject({ changes: [], position: await changes.now() })
  })

  it('are removed after their time, but never before every reader has them', async () => {
    deliver('a', 'b')
    expect(store.prune(10_000)).toBe(0)
    await changes.prepare({ reader: 'slow', datasets: [] })
    deliver('c')
    expect(store.prune(10_000)).toBe(2)
    expect(store.prune(10_000)).toBe(0)
    expect(await read({ columns: ['id'] })).toEqual([['c']])
    await changes.forget('slow')
    expect(await changes.state('slow')).toBeUndefined()
    expect(store.last()).toBe(3n)
  })
})
