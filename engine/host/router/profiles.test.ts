import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findingText } from '../../contract/profile/finding-texts.ts'
import { type Profile, profileSchema } from '../../contract/profile/profile.ts'
import { runRecorded } from '../cli/testing/recording-terminal.ts'
import { codeOf, openTestEngine, type TestEngine } from './testing/test-engine.ts'

const CSV = `id,town,amount\n${Array.from({ length: 300 }, (_, i) => `${i},${i % 2 === 0 ? 'Berlin' : 'Paris'},${i % 10 === 0 ? '' : i}`).join('\n')}\n`

let host: TestEngine
beforeAll(async () => {
  host = await openTestEngine({ 'data/sales.csv': CSV, 'data/empty.csv': '' })
})
afterAll(() => host[Symbol.asyncDispose]())

type Request = Parameters<TestEngine['engine']['profiles']['run']>[0]

async function profile(request: Request): Promise<Profile> {
  const events = await Array.fromAsync(await host.engine.profiles.run(request))
  const last = events.at(-1)
  expect(last?.stage).toBe('done')
  return profileSchema.parse(last?.profile)
}

describe('profiles', () => {
  it('of a dataset are kept, newest first, and compared', async () => {
    const dataset = 'files:sales.csv'
    const first = await profile({ from: { dataset } })
    expect(first.scope).toEqual({ rows: 300, isWhole: true })
    expect(first.columns.map(({ name, exact }) => [name, exact.nulls])).toEqual([
      ['id', 0],
      ['town', 0],
      ['amount', 30],
    ])
    await host.write('data/sales.csv', CSV.replaceAll('Paris', 'Rome'))
    const second = await profile({ from: { dataset } })
    const kept = await host.engine.profiles.list({ dataset })
    expect(kept.map(({ id }) => id)).toEqual([second.id, first.id])
    expect(await host.engine.profiles.get({ dataset })).toEqual(second)
    const { changes } = await host.engine.profiles.compare({ before: { dataset, id: first.id }, after: { dataset } })
    expect(changes.filter(({ isBeyond }) => isBeyond).map(({ code, column }) => [code, column])).toEqual([
      ['compare.new_categories', 'town'],
      ['compare.lost_categories', 'town'],
      ['compare.jensen_shannon', 'town'],
    ])
    expect(await host.engine.profiles.remove({ dataset, id: first.id })).toEqual({ removed: true })
    expect((await host.engine.profiles.list({})).map(({ id }) => id)).toEqual([second.id])
    expect((await host.engine.profiles.report({ profile: { dataset }, language: 'zh' })).html).toContain('数据画像')
  })

  it('of a file, a statement and an empty file', async () => {
    expect((await profile({ from: { file: join(host.directory, 'data/sales.csv') } })).columns).toHaveLength(3)
    expect((await profile({ from: { sql: 'SELECT town FROM files."sales.csv" WHERE id < 10' } })).scope.rows).toBe(10)
    expect((await profile({ from: { dataset: 'files:empty.csv' } })).columns).toEqual([])
  })

  it('of an open cursor are of all its rows, whatever its filter', async () => {
    const { cursor } = await host.engine.data.open({
      from: { dataset: 'files:sales.csv' },
      filter: [{ column: 'id', operator: 'less', value: 5 }],
    })
    expect((await profile({ from: { cursor, dataset: 'files:sales.csv' } })).scope.rows).toBe(300)
    const dimensions = [
      { kind: 'values' as const, column: 'town', values: ['Berlin', 'Rome'] },
      { kind: 'range' as const, column: 'id', edges: ['0', '100', '299'] },
    ]
    const all = await host.engine.profiles.openCross({ cursor, dimensions })
    expect(all).toEqual({
      rows: 300,
      counts: [
        [150, 150, 0, 0],
        [100, 200, 0],
      ],
      filter: [],
      cut: [],
    })
    const some = await host.engine.profiles.countCross({ cursor, selections: [{ dimension: 1, bins: [0] }] })
    expect(some).toMatchObject({
      rows: 100,
      counts: [
        [50, 50, 0, 0],
        [100, 200, 0],
      ],
    })
    expect(await host.engine.data.arrange({ cursor, filter: some.filter })).toMatchObject({ rowCount: 100 })
    await host.engine.data.close({ cursor })
  })

  it('come from a snapshot when that is wanted', async () => {
    await host.engine.snapshots.take({ dataset: 'files:sales.csv', scope: { kind: 'first', rows: 20 } })
    const { scope } = await profile({ from: { dataset: 'files:sales.csv' }, offline: true })
    expect(scope).toMatchObject({ rows: 20, isWhole: false, part: 'snapshot_part' })
  })

  it('of two datasets are related by their values', async () => {
    await host.write('data/towns.csv', 'name,country\nBerlin,DE\nRome,IT\nOslo,NO\nParis,FR\n')
    await host.write(
      'data/visits.csv',
      `visitor,town\n${['Berlin', 'Rome', 'Oslo', 'Oslo', 'Paris', 'Berlin'].map((town, i) => `v${i},${town}`).join('\n')}\n`,
    )
    const { relations } = await host.engine.profiles.relate({ datasets: ['files:visits.csv', 'files:towns.csv'] })
    expect(relations).toMatchObject([
      {
        kind: 'foreign_key',
        from: { dataset: 'files:visits.csv', column: 'town' },
        to: { dataset: 'files:towns.csv', column: 'name' },
        orphanRows: 0,
      },
    ])
  })

  it('that are not there are missing', async () => {
    expect(await codeOf(host.engine.profiles.get({ dataset: 'files:none.csv' }))).toBe('profile.missing')
  })
})

describe('runnel profile', () => {
  const run = (...args: string[]) =>
    runRecorded(['profile', ...args], {
      directory: host.directory,
      variables: { RUNNEL_HOME: join(host.outside, 'home') },
    })

  it('prints the document, writes the report, compares with the last and with a file', async () => {
    await host.write('data/cli.csv', CSV)
    const first = await run('files:cli.csv', '--json')
    expect(first.exit).toBe(0)
    const document = profileSchema.parse(JSON.parse(first.out))
    await writeFile(join(host.directory, 'before.json'), first.out)
    await host.write('data/cli.csv', CSV.replaceAll('Paris', 'Rome'))
    const second = await run('files:cli.csv', '--against', 'last', '--html', 'out.html')
    expect(second).toMatchObject({ exit: 0, error: '' })
    expect(second.out).toContain('town has values it did not have: Rome.')
    expect(second.out).toContain(findingText(document.findings[0] ?? failed(), 'en'))
    const third = await run('files:cli.csv', '--against', 'before.json', '--json')
    expect(JSON.parse(third.out)).toMatchObject({ comparison: { before: { id: document.id } } })
  })

  it('refuses what is no profile', async () => {
    expect(JSON.parse((await run('files:cli.csv', '--against', 'data/cli.csv', '--json')).out)).toMatchObject({
      error: { code: 'profile.unreadable' },
    })
  })
})

function failed(): never {
  throw new Error('nothing was found')
}
