import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { Secret } from '../base/secret.ts'
import { isFailure } from '../contract/failure.ts'
import { createWorkspace } from './create.ts'
import { findWorkspace, loadWorkspace } from './load.ts'
import { resolveConnection } from './resolve-connection.ts'
import { digestOf, saveFile } from './save.ts'
import type { SecretStore } from './secrets/secret-store.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-workspace-'))
afterAll(() => rm(root, { recursive: true }))
let made = 0

async function workspaceWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const directory = join(root, `w${made++}`)
  await createWorkspace(directory, 'shop')
  for (const [file, text] of Object.entries(files)) await writeFile(join(directory, file), text)
  return directory
}

const PIPELINE = `version: 1
# where orders come from
nodes:
  orders: { type: source, dataset: erp:public.orders } # the ERP
  load:
    type: target
    input: orders
    dataset: dw:orders
    keys: [id, day] # both
`

describe('loading', () => {
  it('reads every kind of file, ignores tests and layouts', async () => {
    const directory = await workspaceWith({
      'connections/erp.yaml': 'version: 1\nkind: sqlite\nsettings: { file: a.db }\n',
      'environments/prod.yaml': 'version: 1\nconnections: { erp: { file: b.db } }\n',
      'pipelines/orders.yaml': PIPELINE,
      'pipelines/orders.tests.yaml': 'not: a pipeline',
      'pipelines/orders.layout.json': '{}',
      'jobs/nightly.yaml': 'version: 1\nsteps: [{ pipeline: orders }]\n',
    })
    const workspace = await loadWorkspace(directory)
    expect(workspace.problems).toEqual([])
    expect(workspace.file.name).toBe('shop')
    expect([...workspace.connections.keys()]).toEqual(['erp'])
    expect([...workspace.pipelines.keys()]).toEqual(['orders'])
    expect(workspace.jobs.get('nightly')?.overlap).toBe('skip')
    await mkdir(join(directory, 'deep/er'), { recursive: true })
    expect(await findWorkspace(join(directory, 'deep/er'))).toBe(directory)
  })

  it.each<[string, Record<string, string | Uint8Array>, string[]]>([
    [
      'wrong value',
      { 'connections/a.yaml': 'version: 2\nkind: text\nsettings: {}\n' },
      ['connections/a.yaml:1:1 version'],
    ],
    ['missing key', { 'connections/a.yaml': 'version: 1\nkind: text\n' }, ['connections/a.yaml:1:1 settings']],
    [
      'unknown key inside a list',
      { 'jobs/n.yaml': 'version: 1\nsteps:\n  - pipeline: a\n  - pipelin: b\n    pipeline: c\n' },
      ['jobs/n.yaml:4:5 steps.1.pipelin'],
    ],
    [
      'deep value',
      { 'jobs/n.yaml': 'version: 1\nsteps: [{ pipeline: a }]\nretry:\n  delay: soon\n' },
      ['jobs/n.yaml:4:3 retry.delay'],
    ],
    [
      'syntax',
      { 'pipelines/p.yaml': 'version: 1\nnodes: { a: [\n' },
      ['pipelines/p.yaml:3:1 ', 'pipelines/p.yaml:3:1 '],
    ],
    ['duplicate key', { 'pipelines/p.yaml': 'version: 1\nversion: 1\nnodes: {}\n' }, ['pipelines/p.yaml:2:1 ']],
    [
      'prototype',
      { 'connections/a.yaml': 'version: 1\nkind: text\nsettings:\n  __proto__: { x: 1 }\n' },
      ['connections/a.yaml:4:3 '],
    ],
    [
      'big integer',
      { 'connections/a.yaml': 'version: 1\nkind: text\nsettings: { n: 9007199254740993 }\n' },
      ['connections/a.yaml:3:16 '],
    ],
    [
      'long decimal',
      { 'connections/a.yaml': 'version: 1\nkind: text\nsettings: { n: 0.1234567890123456789 }\n' },
      ['connections/a.yaml:3:16 '],
    ],
    ['two documents', { 'jobs/n.yaml': 'version: 1\nsteps: [{ pipeline: a }]\n---\nx: 1\n' }, ['jobs/n.yaml:3:1 ']],
    ['empty file', { 'jobs/n.yaml': '' }, ['jobs/n.yaml:1:1 ']],
    ['not UTF-8', { 'jobs/n.yaml': Uint8Array.of(0x61, 0xff) }, ['jobs/n.yaml:1:1 ']],
    ['too large', { 'jobs/n.yaml': new Uint8Array(5 * 1024 * 1024).fill(35) }, ['jobs/n.yaml:1:1 ']],
    ['.yml', { 'jobs/n.yml': 'version: 1\n' }, ['jobs/n.yml:1:1 ']],
    ['odd name', { 'jobs/a b.yaml': 'version: 1\n' }, ['jobs/a b.yaml:1:1 ']],
  ])('names file, line, column and path of: %s', async (_case, files, expected) => {
    const { problems } = await loadWorkspace(await workspaceWith(files))
    expect(problems.map(({ file, line, column, path }) => `${file}:${line}:${column} ${path}`)).toEqual(expected)
  })

  it('suggests the nearest key and speaks both languages', async () => {
    const directory = await workspaceWith({ 'jobs/n.yaml': 'version: 1\nstep: []\nsteps: [{ pipeline: a }]\n' })
    expect((await loadWorkspace(directory, 'en')).problems[0]?.message).toContain('did you mean steps')
    expect((await loadWorkspace(directory, 'zh')).problems[0]?.message).toContain('是否应为 steps')
  })

  it('stops at aliases that multiply', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) =>
        `  l${i}: &l${i} [${Array(9)
          .fill(i === 0 ? 'x' : `*l${i - 1}`)
          .join(', ')}]`,
    )
    const directory = await workspaceWith({
      'connections/a.yaml': `version: 1\nkind: text\nsettings:\n${levels.join('\n')}\n`,
    })
    expect((await loadWorkspace(directory)).problems).toHaveLength(1)
  })

  it('refuses links that leave the workspace and never follows them', async () => {
    const directory = await workspaceWith({})
    await writeFile(join(root, 'outside.yaml'), 'version: 1\nkind: text\nsettings: {}\n')
    await symlink(join(root, 'outside.yaml'), join(directory, 'connections/out.yaml'))
    const workspace = await loadWorkspace(directory)
    expect(workspace.connections.size).toBe(0)
    expect(workspace.problems[0]?.file).toBe('connections/out.yaml')
  })

  it('says so when there is no workspace', async () => {
    await expect(loadWorkspace(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'workspace.missing' })
    await expect(createWorkspace(await workspaceWith({}))).rejects.toMatchObject({ code: 'workspace.exists' })
  })
})

describe('saving', () => {
  it('keeps comments, order and style of what did not change', async () => {
    const directory = await workspaceWith({ 'pipelines/orders.yaml': PIPELINE })
    const before = await loadWorkspace(directory)
    const nodes = before.pipelines.get('orders')?.nodes ?? {}
    await saveFile({
      directory,
      folder: 'pipelines',
      name: 'orders',
      content: {
        document: {
          version: 1,
          nodes: {
            orders: nodes['orders'],
            load: { type: 'target', input: 'recent', dataset: 'dw:orders', keys: ['id', 'day'] },
            recent: { type: 'filter', input: 'orders', where: 'true' },
          },
        },
      },
    })
    expect(await readFile(join(directory, 'pipelines/orders.yaml'), 'utf8')).toBe(`version: 1
# where orders come from
nodes:
  orders: { type: source, dataset: erp:public.orders } # the ERP
  load:
    type: target
    input: recent
    dataset: dw:orders
    keys: [ id, day ] # both
  recent:
    type: filter
    input: orders
    where: "true"
`)
  })

  it('keeps the comments of list items around an insertion', async () => {
    const directory = await workspaceWith({
      'jobs/n.yaml': 'version: 1\nsteps:\n  # first\n  - pipeline: a\n  # last\n  - pipeline: z\n',
    })
    const document = { version: 1, steps: [{ pipeline: 'a' }, { pipeline: 'm' }, { pipeline: 'z' }] }
    await saveFile({ directory, folder: 'jobs', name: 'n', content: { document } })
    expect(await readFile(join(directory, 'jobs/n.yaml'), 'utf8')).toBe(
      'version: 1\nsteps:\n  # first\n  - pipeline: a\n  - pipeline: m\n  # last\n  - pipeline: z\n',
    )
  })

  it.each<[string, { name: string; document: unknown; expectedDigest?: string }, string]>([
    ['a name that leaves the folder', { name: '../x', document: { version: 1, steps: [] } }, 'workspace.name_invalid'],
    ['a document that would not load', { name: 'n', document: { version: 1, steps: [] } }, 'workspace.invalid'],
    [
      'a file that changed meanwhile',
      { name: 'n', document: { version: 1, steps: [{ pipeline: 'b' }] }, expectedDigest: digestOf('old') },
      'workspace.file_changed',
    ],
  ])('refuses %s', async (_case, { document, ...rest }, code) => {
    const text = 'version: 1\nsteps: [{ pipeline: a }]\n'
    const directory = await workspaceWith({ 'jobs/n.yaml': text })
    await expect(saveFile({ directory, folder: 'jobs', content: { document }, ...rest })).rejects.toMatchObject({
      code,
    })
    expect(await readFile(join(directory, 'jobs/n.yaml'), 'utf8')).toBe(text)
  })
})

describe('connections', () => {
  const canary = 'canary-5e1f'
  const secrets: SecretStore = {
    kind: 'file',
    get: async (name) => (name === 'erp.password' ? new Secret(canary) : undefined),
    set: async () => undefined,
    delete: async () => false,
  }
  const files = {
    'connections/erp.yaml':
      'version: 1\nkind: postgresql\nsettings:\n  host: ${env:HOST}\n  port: 5432\n  password: "${secret:erp.password}"\n',
    'connections/open.yaml': 'version: 1\nkind: postgresql\nsettings: { host: h, password: plain }\n',
    'connections/leak.yaml': 'version: 1\nkind: postgresql\nsettings: { host: "${secret:erp.password}" }\n',
    'environments/prod.yaml': 'version: 1\nconnections: { erp: { port: 6432 } }\n',
  }
  const options = { secrets, secretFields: ['password'], variables: { HOST: 'db.local' } }

  it('applies the environment and keeps secrets out of settings and of anything printed', async () => {
    const workspace = await loadWorkspace(await workspaceWith(files))
    const plain = resolveConnection(workspace, 'erp', options)
    expect(plain.settings).toEqual({ host: 'db.local', port: 5432 })
    const prod = resolveConnection(workspace, 'erp', { ...options, environment: 'prod' })
    expect(prod.settings['port']).toBe(6432)
    const secret = await prod.secret('password')
    expect(secret?.reveal()).toBe(canary)
    expect(await prod.secret('sslkey')).toBeUndefined()
    expect([inspect(prod, { depth: 9 }), JSON.stringify([prod, secret]), String(secret)].join()).not.toContain(canary)
  })

  it.each([
    ['erpp', options, 'workspace.name_unknown'],
    ['erp', { ...options, environment: 'test' }, 'workspace.name_unknown'],
    ['erp', { ...options, variables: {} }, 'connection.variable_missing'],
    ['open', options, 'connection.secret_in_plain_text'],
    ['leak', options, 'connection.secret_in_plain_text'],
  ])('refuses %s with %s', async (name, given, code) => {
    const workspace = await loadWorkspace(await workspaceWith(files))
    const error = await Promise.resolve()
      .then(() => resolveConnection(workspace, name, given))
      .catch((thrown: unknown) => thrown)
    expect(isFailure(error) ? error.code : error).toBe(code)
  })
})
