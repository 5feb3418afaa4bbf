import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineClient } from '../../contract/api.ts'
import { allowedPath } from './allowed-folders.ts'
import { codeOf, openTestEngine, type TestEngine } from './testing/test-engine.ts'

let host: TestEngine
let engine: EngineClient
let secret: string

beforeAll(async () => {
  host = await openTestEngine({ 'data/own.csv': 'a,b\n1,2\n' })
  secret = join(host.outside, 'private')
  await mkdir(secret)
  await writeFile(join(secret, 'salaries.csv'), 'name,salary\nLi,1\n')
  await symlink(join(secret, 'salaries.csv'), join(host.directory, 'data/link.csv'))
  await symlink(secret, join(host.directory, 'data/linked'))
  // A folder whose name begins with that of an allowed one is another folder.
  await mkdir(`${host.directory}-other`)
  await writeFile(join(`${host.directory}-other`, 'x.csv'), 'a\n1\n')
  for (const [name, folder] of [
    ['up', '../private'],
    ['absolute', secret],
    ['linked', 'data/linked'],
    ['root', '/'],
  ]) {
    await host.write(
      `connections/${name}.yaml`,
      `version: 1\nkind: text\nsettings: { folder: ${JSON.stringify(folder)} }\n`,
    )
  }
  await host.write(
    'connections/database.yaml',
    'version: 1\nkind: sqlite\nsettings: { file: ../private/salaries.csv }\n',
  )
  await host.write('connections/filled.yaml', 'version: 1\nkind: text\nsettings: { folder: "${env:WHERE}" }\n')
  engine = host.as({ allowedFolders: [host.directory], variables: { WHERE: '../private' } })
})
afterAll(() => host[Symbol.asyncDispose]())

const outside = (path: string): string => path.replaceAll('PRIVATE', secret).replaceAll('WORKSPACE', host.directory)

describe('a session in its folders', () => {
  it.each([
    'PRIVATE/salaries.csv',
    'WORKSPACE/../private/salaries.csv',
    'WORKSPACE/data/link.csv',
    'WORKSPACE/data/linked/salaries.csv',
    'WORKSPACE-other/x.csv',
    'WORKSPACE/data/linked/*.csv',
    'WORKSPACE/data/../../private/*.csv',
    '/etc/passwd',
  ])('does not open %s', async (path) => {
    const from = { file: outside(path), kind: 'text' }
    expect(await codeOf(engine.data.open({ from }))).toBe('file.outside_folder')
    expect(await codeOf(engine.data.show({ from }))).toBe('file.outside_folder')
    expect(await codeOf(engine.data.detect({ from }))).toBe('file.outside_folder')
  })

  it.each(['WORKSPACE/%2e%2e/private/salaries.csv', 'WORKSPACE/data/..%2f..%2fprivate/salaries.csv'])(
    'reads no meaning into %s',
    async (path) => {
      const code = await codeOf(engine.data.show({ from: { file: outside(path), kind: 'text' } }))
      expect(['source.dataset_missing', 'source.unavailable']).toContain(code)
    },
  )

  it.each(['up', 'absolute', 'linked', 'root', 'database', 'filled'])(
    'does not use the connection %s',
    async (name) => {
      expect(await codeOf(engine.connections.datasets({ connection: name }))).toBe('file.outside_folder')
      expect(await codeOf(engine.connections.tree({ connection: name }))).toBe('file.outside_folder')
      const dataset = `${name}:salaries.csv`
      expect(await codeOf(engine.data.open({ from: { dataset } }))).toBe('file.outside_folder')
      expect(await codeOf(engine.snapshots.take({ dataset }))).toBe('file.outside_folder')
      expect(await codeOf(engine.sql.run({ sql: `SELECT * FROM ${name}."salaries.csv"` }))).toBe('file.outside_folder')
    },
  )

  it.each(['../private', '/', 'data/linked'])('does not save or try a connection to %s', async (folder) => {
    const document = { kind: 'text', settings: { folder } }
    expect(await codeOf(engine.connections.save({ connection: 'mine', document }))).toBe('file.outside_folder')
    const draft = { connection: 'mine', draft: { document } }
    expect(await codeOf(engine.connections.diagnose(draft))).toBe('file.outside_folder')
  })

  it.each(['PRIVATE', 'WORKSPACE/..', 'WORKSPACE/data/linked', '/'])('does not look into %s', async (directory) => {
    expect(await codeOf(engine.studio.browse({ directory: outside(directory) }))).toBe('file.outside_folder')
  })

  it('begins at its folder, and shows neither a way up nor links out', async () => {
    const top = await engine.studio.browse({})
    expect([top.directory, top.parent]).toEqual([host.directory, undefined])
    const data = await engine.studio.browse({ directory: join(host.directory, 'data') })
    expect([data.parent, data.entries.map(({ name }) => name)]).toEqual([host.directory, ['own.csv']])
  })

  it.each(['PRIVATE/out.csv', '../private/out.csv', 'data/linked/out.csv', 'data/link.csv'])(
    'does not export to %s',
    async (path) => {
      const { cursor } = await engine.data.open({ from: { dataset: 'files:own.csv' } })
      const call = engine.data.export({ cursor, format: 'csv', file: outside(path), overwrite: true })
      expect(await codeOf(call)).toBe('file.outside_folder')
    },
  )

  it.each(['PRIVATE/new', 'WORKSPACE/data/linked/new'])('makes no workspace in %s', async (directory) => {
    expect(await codeOf(engine.workspace.create({ directory: outside(directory) }))).toBe('file.outside_folder')
    expect(await codeOf(engine.studio.sample({ directory: outside(directory) }))).toBe('file.outside_folder')
    expect(await codeOf(engine.studio.recent.add({ directory: outside(directory) }))).toBe('file.outside_folder')
  })

  it('works inside', async () => {
    const shown = await engine.data.show({ from: { file: join(host.directory, 'data/own.csv') } })
    expect(shown.rows).toEqual([['1', '2']])
  })
})

it('resolves what exists of a path that does not', async () => {
  const allowed = [host.directory]
  expect(await allowedPath(allowed, join(host.directory, 'new/deep/file.csv'))).toBe(
    join(host.directory, 'new/deep/file.csv'),
  )
  await expect(allowedPath(allowed, join(host.directory, 'data/linked/new/file.csv'))).rejects.toMatchObject({
    code: 'file.outside_folder',
  })
})
