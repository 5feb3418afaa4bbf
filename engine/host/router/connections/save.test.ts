import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, openTestEngine, type TestEngine } from '../testing/test-engine.ts'

let host: TestEngine

beforeEach(async () => {
  host = await openTestEngine({
    'connections/erp.yaml':
      '# the main system\nversion: 1\nkind: postgresql\nsettings:\n  host: db.example # in the cellar\n  database: erp\n  user: reader\n',
  })
})
afterEach(() => host[Symbol.asyncDispose]())

const text = (name: string): Promise<string> => readFile(join(host.directory, `connections/${name}.yaml`), 'utf8')
const DOCUMENT = { kind: 'postgresql', settings: { host: 'db.example', database: 'erp', user: 'writer' } }

describe('save', () => {
  it('keeps the comments of the file and puts the secret elsewhere', async () => {
    const { digest } = await host.engine.connections.get({ connection: 'erp' })
    const saved = await host.engine.connections.save({
      connection: 'erp',
      document: { ...DOCUMENT, description: 'ERP' },
      secrets: { password: 'hunter2' },
      expectedDigest: digest,
    })
    const written = await text('erp')
    expect(written).toContain('# the main system')
    expect(written).toContain('# in the cellar')
    expect(written).toContain('user: writer')
    expect(written).not.toContain('hunter2')
    const stored = await host.engine.connections.get({ connection: 'erp' })
    expect([stored.digest, stored.secrets, stored.document?.settings['password']]).toEqual([
      saved.digest,
      { password: true },
      '${secret:erp.password}',
    ])
    expect(JSON.stringify(stored)).not.toContain('hunter2')
  })

  it('keeps a secret that is not named, forgets one that is null', async () => {
    const { connections } = host.engine
    await connections.save({ connection: 'new', document: DOCUMENT, secrets: { password: 'a' } })
    const kept = await connections.get({ connection: 'new' })
    await connections.save({ connection: 'new', document: DOCUMENT, expectedDigest: kept.digest })
    const same = await connections.get({ connection: 'new' })
    expect(same.secrets).toEqual({ password: true })
    await connections.save({
      connection: 'new',
      document: DOCUMENT,
      secrets: { password: null },
      expectedDigest: same.digest,
    })
    expect(await text('new')).not.toContain('password')
    expect((await connections.get({ connection: 'new' })).secrets).toEqual({ password: false })
  })

  it('takes settings from the environment without judging them', async () => {
    const settings = { ...DOCUMENT.settings, port: '${env:PORT}' }
    await host.engine.connections.save({ connection: 'new', document: { ...DOCUMENT, settings } })
    expect(await text('new')).toContain('${env:PORT}')
  })

  it.each([
    ['a name that is taken', 'erp', DOCUMENT, undefined, 'workspace.file_changed'],
    ['another text than was read', 'erp', DOCUMENT, 'abc', 'workspace.file_changed'],
    ['a file that is gone', 'gone', DOCUMENT, 'abc', 'workspace.file_changed'],
    ['a name that leaves the folder', '../erp', DOCUMENT, undefined, 'workspace.name_invalid'],
    ['an unknown kind', 'new', { kind: 'oracle', settings: {} }, undefined, 'connection.kind_unknown'],
    [
      'a setting that is wrong',
      'new',
      { ...DOCUMENT, settings: { host: 1 } },
      undefined,
      'connection.settings_invalid',
    ],
    [
      'a secret in plain text',
      'new',
      { ...DOCUMENT, settings: { ...DOCUMENT.settings, password: 'hunter2' } },
      undefined,
      'connection.secret_in_plain_text',
    ],
    [
      'a secret where none belongs',
      'new',
      { ...DOCUMENT, settings: { ...DOCUMENT.settings, user: '${secret:x}' } },
      undefined,
      'connection.secret_in_plain_text',
    ],
  ] as const)('refuses %s and stores nothing', async (_case, connection, document, expectedDigest, code) => {
    const before = await text('erp')
    const call = host.engine.connections.save({
      connection,
      document,
      secrets: { password: 'stored?' },
      ...(expectedDigest === undefined ? {} : { expectedDigest }),
    })
    expect(await codeOf(call)).toBe(code)
    expect(await text('erp')).toBe(before)
    await expect(readFile(join(host.directory, '.runnel/secrets.json'))).rejects.toThrow('ENOENT')
  })
})

describe('remove', () => {
  it('takes the secrets along that nothing else needs', async () => {
    const { connections } = host.engine
    const shared = { ...DOCUMENT, settings: { ...DOCUMENT.settings, password: '${secret:one.password}' } }
    await connections.save({ connection: 'one', document: DOCUMENT, secrets: { password: 'a' } })
    await connections.save({ connection: 'two', document: shared })
    expect(await connections.remove({ connection: 'one' })).toEqual({ removed: true })
    expect((await connections.get({ connection: 'two' })).secrets).toEqual({ password: true })
    await connections.remove({ connection: 'two' })
    await connections.save({ connection: 'three', document: shared })
    expect((await connections.get({ connection: 'three' })).secrets).toEqual({ password: false })
    expect(await codeOf(connections.remove({ connection: 'two' }))).toBe('workspace.name_unknown')
  })
})

describe('diagnose', () => {
  async function outcomes(call: ReturnType<TestEngine['engine']['connections']['diagnose']>) {
    const stages: Record<string, string> = {}
    for await (const { stage, outcome } of await call) stages[stage] = outcome
    return stages
  }

  it('tries what a form holds, saved or not', async () => {
    await host.write('data/a.csv', 'a\n1\n')
    const { connections } = host.engine
    const good = { kind: 'text', settings: { folder: 'data' } }
    const bad = { kind: 'text', settings: { folder: 'nowhere' } }
    expect(await outcomes(connections.diagnose({ connection: 'unsaved', draft: { document: good } }))).toMatchObject({
      read: 'ok',
    })
    expect(
      Object.values(await outcomes(connections.diagnose({ connection: 'files', draft: { document: bad } }))),
    ).toContain('failed')
    expect(await outcomes(connections.diagnose({ connection: 'files' }))).toMatchObject({ read: 'ok' })
  })

  it('never shows the secret it tries', async () => {
    const draft = {
      document: { ...DOCUMENT, settings: { ...DOCUMENT.settings, host: '127.0.0.1', port: 9 } },
      secrets: { password: 'hunter2' },
    }
    const stages: unknown[] = []
    for await (const stage of await host.engine.connections.diagnose({ connection: 'erp', draft })) stages.push(stage)
    expect(stages.length).toBeGreaterThan(0)
    expect(JSON.stringify(stages)).not.toContain('hunter2')
  })
})

it('gives the text of a file that is no valid connection, so that it can be mended', async () => {
  await host.write('connections/broken.yaml', 'version: 1\nkind: [')
  const { document, text: found } = await host.engine.connections.get({ connection: 'broken' })
  expect([document, found]).toEqual([undefined, 'version: 1\nkind: ['])
})

describe('an environment', () => {
  const PROD = 'environments/prod.yaml'
  const read = (file: string): Promise<string> => readFile(join(host.directory, file), 'utf8')
  const stored = (name = 'erp') => host.engine.connections.get({ connection: name })
  const of = async (environment: string) =>
    (await stored()).environments.find((values) => values.environment === environment)
  const save = async (environments: Parameters<TestEngine['engine']['connections']['save']>[0]['environments']) =>
    host.engine.connections.save({
      connection: 'erp',
      document: DOCUMENT,
      expectedDigest: (await stored()).digest,
      environments,
    })

  beforeEach(async () => {
    await mkdir(join(host.directory, 'environments'), { recursive: true })
    const crm = '  crm: { file: crm.db }\n'
    await writeFile(
      join(host.directory, PROD),
      `# live\nversion: 1\nconnections:\n${crm}  erp:\n    host: prod-db # rack 4\n`,
    )
    await writeFile(join(host.directory, 'environments/test.yaml'), 'version: 1\n')
  })

  it('is told beside the connection, also when it says nothing about it', async () => {
    expect((await stored()).environments).toEqual([
      { environment: 'prod', settings: { host: 'prod-db' }, secrets: {} },
      { environment: 'test', settings: {}, secrets: {} },
    ])
  })

  it('says nothing more of a connection that was removed, and its secret goes too; the rest stays', async () => {
    await save({
      prod: { settings: { host: 'prod-db' }, expected: { host: 'prod-db' }, secrets: { password: 'deep' } },
    })
    const test = await read('environments/test.yaml')
    expect(await readFile(join(host.directory, '.runnel/secrets.json'), 'utf8')).toContain('erp.prod.password')
    await host.engine.connections.remove({ connection: 'erp' })
    const left = await read(PROD)
    for (const kept of ['# live', 'crm.db']) expect(left).toContain(kept)
    expect(left).not.toContain('erp')
    expect(await read('environments/test.yaml')).toBe(test)
    expect(await readFile(join(host.directory, '.runnel/secrets.json'), 'utf8')).not.toContain('erp.prod.password')
  })

  it('gets other values, its comments and what it says of others kept, and its secret elsewhere', async () => {
    await save({
      prod: { settings: { host: 'prod-db', port: 6432 }, expected: { host: 'prod-db' }, secrets: { password: 'deep' } },
    })
    const saved = await read(PROD)
    for (const kept of ['# live', '# rack 4', 'crm.db', 'port: 6432', '${secret:erp.prod.password}'])
      expect(saved).toContain(kept)
    expect(saved).not.toContain('deep')
    expect((await of('prod'))?.secrets).toEqual({ password: true })
  })

  it('says nothing of the connection any more when nothing differs', async () => {
    await save({ prod: { settings: {}, expected: { host: 'prod-db' } } })
    expect(await read(PROD)).toContain('crm.db')
    expect(await read(PROD)).not.toContain('erp')
    expect(await of('prod')).toMatchObject({ settings: {} })
  })

  it('is made when it does not exist', async () => {
    await save({ dev: { settings: { host: 'localhost' }, expected: {} } })
    expect(await of('dev')).toMatchObject({ settings: { host: 'localhost' } })
    const { environments } = await host.engine.workspace.open()
    expect(environments).toEqual(['dev', 'prod', 'test'])
  })

  it('forgets its own secret, never one that the connection itself needs', async () => {
    const { connections } = host.engine
    await connections.save({
      connection: 'erp',
      document: DOCUMENT,
      secrets: { password: 'common' },
      expectedDigest: (await stored()).digest,
    })
    const shared = { password: '${secret:erp.password}' }
    await save({ test: { settings: shared, expected: {} } })
    await save({ test: { settings: {}, expected: shared, secrets: { password: null } } })
    expect((await stored()).secrets).toEqual({ password: true })
  })

  it.each([
    ['says something else by now', { prod: { settings: {}, expected: { host: 'older' } } }, 'workspace.file_changed'],
    [
      'does not work out',
      { prod: { settings: { port: 'x' }, expected: { host: 'prod-db' } } },
      'connection.settings_invalid',
    ],
    [
      'would hold a secret',
      { prod: { settings: { password: 'deep' }, expected: { host: 'prod-db' } } },
      'connection.secret_in_plain_text',
    ],
    ['leaves the folder', { '../prod': { settings: {}, expected: {} } }, 'workspace.name_invalid'],
    ['cannot be read', { broken: { settings: { host: 'x' }, expected: {} } }, 'workspace.invalid'],
  ])('that %s is refused, and nothing is written', async (_case, environments, code) => {
    await writeFile(join(host.directory, 'environments/broken.yaml'), 'version: 2\nparameters: { keep: me }\n')
    const before = [await text('erp'), await read(PROD), await read('environments/broken.yaml')]
    expect(await codeOf(save(environments))).toBe(code)
    expect([await text('erp'), await read(PROD), await read('environments/broken.yaml')]).toEqual(before)
  })
})

describe('changes', () => {
  it('tells the files that a form would change, as they are and as they would be', async () => {
    const changes = await host.engine.connections.changes({
      connection: 'erp',
      document: DOCUMENT,
      environments: { prod: { settings: { host: 'prod-db' } } },
    })
    expect(changes.map(({ file }) => file)).toEqual(['connections/erp.yaml', 'environments/prod.yaml'])
    expect(changes[0]?.before).toContain('user: reader')
    expect(changes[0]?.after).toMatch(/# in the cellar[\s\S]*user: writer/)
    expect(changes[1]).toMatchObject({ before: '', after: expect.stringContaining('prod-db') })
    expect(await text('erp')).toContain('user: reader')
  })
})
