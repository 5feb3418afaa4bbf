import { mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineClient } from '../../../contract/api.ts'
import { codeOf, openTestEngine, type TestEngine } from '../testing/test-engine.ts'

let host: TestEngine
/** As from Home: no workspace is open. */
let home: EngineClient

beforeAll(async () => {
  host = await openTestEngine({ 'data/b10.csv': 'a\n', 'data/b9.csv': 'a\n', 'data/book.XLSX': '', 'data/.hidden': '' })
  home = host.as({
    workspaceDirectory: undefined,
    studio: {
      kind: 'desktop',
      dataDirectory: join(host.outside, 'state'),
      workspacesDirectory: join(host.outside, 'made'),
    },
  })
})
afterAll(() => host[Symbol.asyncDispose]())

it('says where it runs, with and without a workspace', async () => {
  const info = await home.studio.info()
  expect(info).toMatchObject({
    host: 'desktop',
    platform: process.platform,
    folders: { workspaces: join(host.outside, 'made') },
  })
  expect([info.version, info.workspace]).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+/), undefined])
  expect((await host.engine.studio.info()).workspace).toEqual({ directory: host.directory, name: 'test' })
})

it('says what a browser may reach', async () => {
  const { folders, host: kind } = await host.as({ allowedFolders: [host.directory] }).studio.info()
  expect([kind, folders]).toEqual([
    'server',
    { home: host.directory, workspaces: host.directory, allowed: [host.directory] },
  ])
})

describe('recent workspaces', () => {
  it('come last opened first, once, and say when they are gone', async () => {
    const other = join(host.outside, 'other')
    await home.workspace.create({ directory: other, name: 'Other' })
    await home.studio.recent.add({ directory: host.directory })
    await home.studio.recent.add({ directory: other })
    await home.studio.recent.add({ directory: host.directory })
    const names = (await home.studio.recent.list()).map(({ name, isThere }) => [name, isThere])
    expect(names).toEqual([
      ['test', true],
      ['Other', true],
    ])
    await rm(other, { recursive: true })
    expect((await home.studio.recent.list())[1]).toMatchObject({ name: 'Other', isThere: false })
    const session = host.as({
      allowedFolders: [host.directory],
      studio: { kind: 'server', dataDirectory: join(host.outside, 'state'), workspacesDirectory: host.directory },
    })
    expect((await session.studio.recent.list()).map(({ name }) => name)).toEqual(['test'])
    expect(await home.studio.recent.remove({ directory: other })).toHaveLength(1)
  })

  it('are workspaces', async () => {
    expect(await codeOf(home.studio.recent.add({ directory: host.outside }))).toBe('workspace.missing')
  })
})

describe('browse', () => {
  const names = (found: Awaited<ReturnType<EngineClient['studio']['browse']>>) => found.entries.map(({ name }) => name)

  it('shows folders first, files in their natural order, and what opens them', async () => {
    await mkdir(join(host.directory, 'data/zoo'), { recursive: true })
    await symlink('/nowhere/at/all', join(host.directory, 'data/broken'))
    const found = await home.studio.browse({ directory: join(host.directory, 'data') })
    expect(names(found)).toEqual(['zoo', 'b9.csv', 'b10.csv', 'book.XLSX'])
    expect(found.entries[1]).toMatchObject({ kind: 'file', opensWith: 'text', sizeBytes: 2 })
    expect(found).toMatchObject({ parent: host.directory, isCut: false })
  })

  it('marks workspaces, keeps to endings, shows hidden files when asked', async () => {
    const above = await home.studio.browse({ directory: host.outside })
    expect(above.entries.find(({ name }) => name === 'workspace')?.isWorkspace).toBe(true)
    const directory = join(host.directory, 'data')
    expect(names(await home.studio.browse({ directory, extensions: ['.xlsx'] }))).toEqual(['zoo', 'book.XLSX'])
    expect(names(await home.studio.browse({ directory, showHidden: true }))).toContain('.hidden')
  })

  it('says when a folder cannot be opened', async () => {
    expect(await codeOf(home.studio.browse({ directory: join(host.outside, 'none') }))).toBe('folder.unreadable')
  })
})

it('keeps settings, and what they limit is limited', async () => {
  expect(await home.studio.settings.get()).toEqual({})
  const settings = { language: 'zh' as const, memoryLimitMb: 256, threads: 1 }
  expect(await home.studio.settings.set(settings)).toEqual(settings)
  expect(await home.studio.settings.get()).toEqual(settings)
  const limited = host.as({
    studio: { kind: 'desktop', dataDirectory: join(host.outside, 'state'), workspacesDirectory: host.outside },
  })
  const { cursor } = await limited.sql.run({
    sql: "SELECT current_setting('threads'), current_setting('memory_limit')",
  })
  expect((await limited.data.rows({ cursor, offset: 0, limit: 1 })).rows).toEqual([['1', '244.1 MiB']])
})

it('makes the sample where nothing is yet, and again beside it', async () => {
  const first = await home.studio.sample({})
  expect(first.directory).toBe(join(host.outside, 'made/sample'))
  const sample = host.as({ workspaceDirectory: first.directory })
  expect((await sample.workspace.check()).problems).toEqual([])
  expect((await sample.connections.tree({ connection: 'files' })).items).toMatchObject([{ id: 'orders.csv' }])
  expect(await codeOf(home.studio.sample({ directory: first.directory }))).toBe('workspace.exists')
})

it('names what it is made of', async () => {
  const found = await home.studio.licences()
  expect(found.find(({ name }) => name === 'zod')).toMatchObject({ licence: 'MIT' })
  expect(found.filter(({ licence }) => licence === '' || licence === 'unknown')).toEqual([])
  expect(found.map(({ name }) => name)).toEqual(
    found.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
  )
})
