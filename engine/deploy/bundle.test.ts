import { generateKeyPairSync } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Secret } from '../base/secret.ts'
import { type Bundle, isBundlePath } from '../contract/bundle-file.ts'
import { loadWorkspace } from '../workspace/load.ts'
import type { SecretStore } from '../workspace/secrets/secret-store.ts'
import { type BundleRequest, buildBundle, newNonce } from './bundle.ts'
import { keyIdOf, openSigningKey, parsePublicKey, SIGNING_KEY_SECRET, signingKeyOf } from './keys.ts'
import { parseBundle } from './parse-bundle.ts'
import { bundleDigest, sha256, signBundle, verifyBundle } from './sign.ts'
import { unpackBundle } from './unpack.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-bundle-'))
afterAll(() => rm(root, { recursive: true }))

const NOW = Date.parse('2026-06-01T12:00:00.000Z')
const MINUTE = 60_000

const FILES = {
  'runnel.yaml': 'version: 1\nname: shop\nenvironment: prod\n',
  'connections/erp.yaml':
    'version: 1\nkind: postgresql\nsettings: { host: db, database: shop, user: etl, password: "${secret:erp}" }\n',
  'connections/lake.yaml': 'version: 1\nkind: parquet\nsettings: { folder: "${env:LAKE}" }\n',
  'connections/unused.yaml': 'version: 1\nkind: text\nsettings: { folder: /data }\n',
  'environments/prod.yaml': 'version: 1\nconnections: { erp: { host: prod-db } } # 生产\n',
  'environments/test.yaml': 'version: 1\nconnections: { erp: { host: test-db } }\n',
  'pipelines/orders.yaml':
    'version: 1\nnodes:\n  in: { type: source, dataset: erp:public.orders }\n  out: { type: target, input: in, dataset: lake:orders.parquet }\n',
  'pipelines/orders.tests.yaml':
    'version: 1\ntests:\n  all: { inputs: { in: { file: rows/in.csv } }, expect: { in: { count: 1 } } }\n  bytes: { inputs: { in: { file: rows/in.parquet } }, expect: { in: { count: 1 } } }\n',
  'pipelines/other.yaml': 'version: 1\nnodes:\n  in: { type: source, dataset: unused:a.csv }\n',
  'pipelines/rows/in.csv': 'id\n1\n',
  'pipelines/rows/in.parquet': Buffer.from([0x50, 0x41, 0x52, 0x31, 0xff, 0xfe, 0x00]),
  'jobs/nightly.yaml': 'version: 1\n# every night\nsteps:\n  - pipeline: orders\n',
}

let made = 0
async function workspaceWith(changed: Readonly<Record<string, string | Buffer>> = {}) {
  const directory = join(root, `w${made++}`)
  for (const [path, text] of Object.entries({ ...FILES, ...changed })) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), text)
  }
  return await loadWorkspace(directory)
}

const TIMES = { createdAtMs: NOW, validForMs: 60 * MINUTE }
async function build(request: Partial<BundleRequest> = {}): Promise<Bundle> {
  const workspace = request.workspace ?? (await workspaceWith())
  return await buildBundle({ workspace, job: 'nightly', ...TIMES, nonce: newNonce(), ...request })
}

const key = signingKeyOf(generateKeyPairSync('ed25519').privateKey)
const stranger = signingKeyOf(generateKeyPairSync('ed25519').privateKey)

describe('buildBundle', () => {
  it('takes what the job needs and nothing else', async () => {
    const { files, manifest } = await build({ schemas: { 'orders/in': [{ name: 'id', type: 'INTEGER' }] } })
    expect(Object.keys(files)).toEqual([
      'connections/erp.yaml',
      'connections/lake.yaml',
      'environments/prod.yaml',
      'jobs/nightly.yaml',
      'pipelines/orders.tests.yaml',
      'pipelines/orders.yaml',
      'pipelines/rows/in.csv',
      'pipelines/rows/in.parquet',
      'runnel.yaml',
      'schemas.json',
    ])
    expect(Object.keys(manifest.files)).toEqual(Object.keys(files))
    expect(files['connections/erp.yaml']).toBe(FILES['connections/erp.yaml'])
    expect(files['pipelines/rows/in.parquet']).toEqual({ base64: 'UEFSMf/+AA==' })
    expect(files['schemas.json']).toBe('{"sources":{"orders/in":[{"name":"id","type":"INTEGER"}]},"version":1}')
  })

  it('takes the rules that a check needs, and the connections that those name', async () => {
    const dataset = 'erp:public.orders'
    const references = '{ dataset: "unused:a.csv", columns: [id] }'
    const workspace = await workspaceWith({
      'rules/orders.yaml': `version: 1\ndataset: ${dataset}\nrules: [{ check: foreign_key, columns: [id], references: ${references} }, { check: in_list, column: state, list: states }]\n`,
      'standards/codes/states.yaml': 'version: 1\ncodes: [{ code: open }]\n',
      'standards/codes/other.yaml': 'version: 1\ncodes: []\n',
      'rules/other.yaml': 'version: 1\ndataset: lake:x.parquet\nrules: []\n',
      'jobs/nightly.yaml': `version: 1\nsteps: [{ pipeline: orders }, { check: "${dataset}" }]\n`,
    })
    const bundle = await build({ workspace })
    const named = Object.keys(bundle.files).filter((path) => /^(rules|connections|standards)/.test(path))
    expect(named).toEqual([
      'connections/erp.yaml',
      'connections/lake.yaml',
      'connections/unused.yaml',
      'rules/orders.yaml',
      'standards/codes/states.yaml',
    ])
    const unpacked = await unpackBundle(bundle, join(root, `u${made++}`))
    expect(unpacked.rules.get('orders')?.dataset).toBe(dataset)
    expect([...unpacked.codeLists.keys()]).toEqual(['states'])
  })

  it('has one digest for one content, whenever it was made', async () => {
    const workspace = await workspaceWith()
    const digest = async (request: Partial<BundleRequest>) =>
      bundleDigest((await build({ workspace, ...request })).manifest)
    const first = await digest({})
    expect(await digest({ createdAtMs: NOW + 1_000, validForMs: 1, nonce: newNonce() })).toBe(first)
    expect(await digest({ workspace: await workspaceWith() })).toBe(first)
    const changed = await workspaceWith({ 'pipelines/rows/in.csv': 'id\n2\n' })
    expect(await digest({ workspace: changed })).not.toBe(first)
    expect(await digest({ environment: 'test' })).not.toBe(first)
  })

  it('runs in the environment it is built for, and keeps the comments of the job', async () => {
    const bundle = await build({ environment: 'test' })
    expect(Object.keys(bundle.files)).toContain('environments/test.yaml')
    expect(Object.keys(bundle.files)).not.toContain('environments/prod.yaml')
    expect(bundle.files['jobs/nightly.yaml']).toContain('# every night')
    const { jobs } = await unpackBundle(bundle, join(root, 'environment'))
    expect(jobs.get('nightly')?.environment).toBe('test')
  })

  const plain = 'version: 1\nkind: postgresql\nsettings: { host: db, database: shop, user: etl, password: hunter2 }\n'
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['in a connection', { 'connections/erp.yaml': plain }, 'connections/erp.yaml'],
    [
      'in an environment',
      { 'environments/prod.yaml': 'version: 1\nconnections: { erp: { password: hunter2 } }\n' },
      'environments/prod.yaml',
    ],
    [
      'of a connection there is not',
      { 'environments/prod.yaml': 'version: 1\nconnections: { gone: { password: hunter2 } }\n' },
      'environments/prod.yaml',
    ],
  ])('refuses a secret in plain text %s, without telling it', async (_where, changed, file) => {
    const failure: unknown = await build({ workspace: await workspaceWith(changed) }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'bundle.secret_inline', detail: { file } })
    expect(JSON.stringify(failure)).not.toContain('hunter2')
  })

  it('leaves out plain secrets of what it does not take', async () => {
    await expect(build({ workspace: await workspaceWith({ 'connections/unused.yaml': plain }) })).resolves.toBeDefined()
  })

  it('refuses unknown jobs, and files that are links out of the workspace', async () => {
    await expect(build({ job: 'nightl' })).rejects.toMatchObject({
      code: 'workspace.name_unknown',
      detail: { suggestion: 'nightly' },
    })
    const workspace = await workspaceWith()
    const link = join(workspace.directory, 'pipelines/rows/in.csv')
    await rm(link)
    await writeFile(join(root, 'outside.csv'), 'id\n1\n')
    await symlink(join(root, 'outside.csv'), link)
    await expect(build({ workspace })).rejects.toMatchObject({ code: 'file.outside_folder' })
  })
})

/** Another letter in place of the one at `at`, still of the same alphabet. */
const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === '1' ? '2' : '1') + text.slice(at + 1)
const withFile = (bundle: Bundle, path: string, content: Bundle['files'][string]): Bundle => ({
  ...bundle,
  files: { ...bundle.files, [path]: content },
})
const without = (files: Bundle['files'], path: string) =>
  Object.fromEntries(Object.entries(files).filter(([name]) => name !== path))

describe('verifyBundle', () => {
  const trustedKeys = new Map([[key.keyId, key.publicKey]])
  const check = (bundle: unknown, more: { nowMs?: number; used?: Set<string> } = {}) => {
    const used = more.used ?? new Set()
    const useNonce = (nonce: string) => !used.has(nonce) && used.add(nonce).has(nonce)
    verifyBundle(parseBundle(bundle), { trustedKeys, nowMs: more.nowMs ?? NOW, useNonce })
  }

  it('takes a signed bundle once, also after JSON', async () => {
    const sent: unknown = JSON.parse(JSON.stringify(signBundle(await build(), key)))
    const used = new Set<string>()
    expect(() => check(sent, { used })).not.toThrow()
    expect(() => check(sent, { used })).toThrow(expect.objectContaining({ code: 'bundle.replayed' }))
  })

  it('uses up no nonce for a bundle it refuses', async () => {
    const used = new Set<string>()
    const bundle = signBundle(await build(), stranger)
    expect(() => check(bundle, { used })).toThrow(expect.objectContaining({ code: 'bundle.untrusted' }))
    expect(used.size).toBe(0)
  })

  it.each([
    ['in time', 0],
    ['a clock 4 minutes behind', -4 * MINUTE],
    ['a clock 4 minutes past the end', 64 * MINUTE],
  ])('takes it: %s', async (_name, offsetMs) => {
    const bundle = signBundle(await build(), key)
    expect(() => check(bundle, { nowMs: NOW + offsetMs })).not.toThrow()
  })

  it.each([
    ['a clock 6 minutes behind', -6 * MINUTE, 'bundle.not_yet_valid'],
    ['too late', 66 * MINUTE, 'bundle.expired'],
  ])('refuses: %s', async (_name, offsetMs, code) => {
    const bundle = signBundle(await build(), key)
    expect(() => check(bundle, { nowMs: NOW + offsetMs })).toThrow(expect.objectContaining({ code }))
  })

  const ATTACKS: readonly [string, (bundle: Bundle) => unknown, string][] = [
    ['no signature', ({ manifest, files }) => ({ manifest, files }), 'bundle.unsigned'],
    ['an empty signature', (b) => ({ ...b, signature: '' }), 'bundle.unsigned'],
    ['no key', ({ manifest, signature, files }) => ({ manifest, signature, files }), 'bundle.unsigned'],
    ['another key', (b) => signBundle(b, stranger), 'bundle.untrusted'],
    ['another key under a trusted name', (b) => ({ ...signBundle(b, stranger), keyId: key.keyId }), 'bundle.tampered'],
    ['a signature changed', (b) => ({ ...b, signature: flip(b.signature ?? '', 10) }), 'bundle.tampered'],
    ['a signature cut', (b) => ({ ...b, signature: b.signature?.slice(0, 44) }), 'bundle.tampered'],
    [
      'a longer life',
      (b) => ({ ...b, manifest: { ...b.manifest, expiresAt: '2099-01-01T00:00:00.000Z' } }),
      'bundle.tampered',
    ],
    [
      'another date',
      (b) => ({ ...b, manifest: { ...b.manifest, createdAt: '2026-06-01T11:00:00.000Z' } }),
      'bundle.tampered',
    ],
    ['another nonce', (b) => ({ ...b, manifest: { ...b.manifest, nonce: newNonce() } }), 'bundle.tampered'],
    [
      'a changed text file',
      (b) => withFile(b, 'pipelines/orders.yaml', flip(FILES['pipelines/orders.yaml'], 9)),
      'bundle.tampered',
    ],
    ['a space added to a file', (b) => withFile(b, 'runnel.yaml', `${FILES['runnel.yaml']} `), 'bundle.tampered'],
    [
      'a changed binary file',
      (b) => withFile(b, 'pipelines/rows/in.parquet', { base64: 'UEFSMf/+AQ==' }),
      'bundle.tampered',
    ],
    [
      'two files swapped',
      (b) => ({
        ...b,
        files: {
          ...b.files,
          'connections/erp.yaml': b.files['connections/lake.yaml'],
          'connections/lake.yaml': b.files['connections/erp.yaml'],
        },
      }),
      'bundle.tampered',
    ],
    ['a file more', (b) => withFile(b, 'connections/evil.yaml', 'version: 1'), 'bundle.tampered'],
    ['a file less', (b) => ({ ...b, files: without(b.files, 'pipelines/orders.tests.yaml') }), 'bundle.tampered'],
    [
      'a file more with its digest',
      (b) => ({
        ...withFile(b, 'connections/evil.yaml', 'x'),
        manifest: { ...b.manifest, files: { ...b.manifest.files, 'connections/evil.yaml': sha256('x') } },
      }),
      'bundle.tampered',
    ],
    ['another job', (b) => ({ ...b, manifest: { ...b.manifest, job: 'other' } }), 'bundle.invalid'],
    ['another version', (b) => ({ ...b, manifest: { ...b.manifest, version: 2 } }), 'bundle.invalid'],
    ['a field more', (b) => ({ ...b, note: 'hello' }), 'bundle.invalid'],
    [
      'a file that is __proto__',
      (b) => JSON.parse(JSON.stringify(b).replace('"files":{"conn', '"files":{"__proto__":"x","conn')),
      'bundle.invalid',
    ],
    ['not base64', (b) => withFile(b, 'pipelines/rows/in.parquet', { base64: '??' }), 'bundle.invalid'],
    ['two names that are one on some systems', (b) => withFile(b, 'connections/ERP.yaml', 'x'), 'bundle.invalid'],
    ['a file below a file', (b) => withFile(b, 'pipelines/orders.yaml/a', 'x'), 'bundle.invalid'],
    [
      'too many files',
      (b) => ({ ...b, files: Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`pipelines/${i}`, ''])) }),
      'bundle.too_large',
    ],
    ['nothing', () => null, 'bundle.invalid'],
    ['text', () => 'bundle', 'bundle.invalid'],
    ['a list', () => [], 'bundle.invalid'],
  ]
  it.each(ATTACKS)('refuses: %s', async (_name, attack, code) => {
    const bundle = signBundle(await build(), key)
    expect(() => check(attack(bundle))).toThrow(expect.objectContaining({ code }))
  })

  it('refuses too many bytes', async () => {
    const bundle = withFile(await build(), 'pipelines/big.csv', 'x'.repeat(64 * 1024 * 1024))
    expect(() => parseBundle(bundle)).toThrow(expect.objectContaining({ code: 'bundle.too_large' }))
  })
})

describe('isBundlePath', () => {
  it.each([
    ['runnel.yaml', true],
    ['schemas.json', true],
    ['jobs/夜间.yaml', true],
    ['pipelines/rows/in (1).csv', true],
    ['', false],
    ['jobs', false],
    ['jobs/', false],
    ['other.yaml', false],
    ['/etc/passwd', false],
    ['../jobs/a.yaml', false],
    ['jobs/../../a', false],
    ['jobs/./a', false],
    ['jobs//a', false],
    ['jobs\\a', false],
    ['jobs/a\\..\\b', false],
    ['C:/jobs/a', false],
    ['jobs/a:b', false],
    ['jobs/a\u0000b', false],
    ['jobs/a\nb', false],
    ['.runnel/state.sqlite', false],
    ['pipelines/.runnel/a', false],
    ['jobs/NUL.yaml', false],
    ['jobs/com1', false],
    ['jobs/a.', false],
    ['jobs/a ', false],
    ['__proto__', false],
    [`jobs/${'a'.repeat(400)}`, false],
  ])('%j: %s', (path, expected) => {
    expect(isBundlePath(path)).toBe(expected)
  })
})

describe('unpackBundle', () => {
  it('gives a workspace that loads, with the bytes that were packed', async () => {
    const bundle = parseBundle(JSON.parse(JSON.stringify(signBundle(await build(), key))))
    const directory = join(root, 'deployments', 'one')
    const workspace = await unpackBundle(bundle, directory)
    expect(workspace.problems).toEqual([])
    expect([...workspace.connections.keys()]).toEqual(['erp', 'lake'])
    expect([...workspace.jobs.keys()]).toEqual(['nightly'])
    expect(await readFile(join(directory, 'pipelines/rows/in.parquet'))).toEqual(FILES['pipelines/rows/in.parquet'])
    expect(await readdir(join(root, 'deployments'))).toEqual(['one'])
  })

  it('leaves nothing behind when the files are not sound, and never writes over a folder', async () => {
    const bundle = await build()
    const broken = { ...bundle, files: { ...bundle.files, 'runnel.yaml': 'version: 9\n' } }
    const parent = join(root, 'refused')
    await expect(unpackBundle(broken, join(parent, 'a'))).rejects.toMatchObject({ code: 'workspace.invalid' })
    expect(await readdir(parent)).toEqual([])
    await unpackBundle(bundle, join(parent, 'a'))
    await expect(unpackBundle(bundle, join(parent, 'a'))).rejects.toMatchObject({ code: 'ENOTEMPTY' })
    expect(await readdir(parent)).toEqual(['a'])
  })
})

describe('keys', () => {
  const held = new Map<string, Secret>()
  const secrets: SecretStore = {
    kind: 'file',
    get: async (name) => held.get(name),
    set: async (name, secret) => void held.set(name, secret),
    delete: async (name) => held.delete(name),
  }

  it('makes the signing key once and finds it again', async () => {
    const first = await openSigningKey(secrets)
    expect(first.publicKey).toMatch(/^ed25519:[\w+/]{43}=$/)
    expect((await openSigningKey(secrets)).publicKey).toBe(first.publicKey)
    expect(keyIdOf(first.publicKey)).toBe(first.keyId)
    held.set(SIGNING_KEY_SECRET, new Secret('nonsense'))
    await expect(openSigningKey(secrets)).rejects.toMatchObject({ code: 'bundle.key_invalid' })
  })

  it.each([
    ['empty', ''],
    ['another kind', key.publicKey.replace('ed25519', 'rsa')],
    ['too short', key.publicKey.slice(0, -4)],
    ['another spelling of the same bytes', key.publicKey.replace('=', '')],
    ['with a line break', `${key.publicKey}\n`],
  ])('refuses a public key: %s', (_name, text) => {
    expect(() => parsePublicKey(text)).toThrow(expect.objectContaining({ code: 'bundle.key_invalid' }))
  })

  it('refuses keys that are not Ed25519', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    expect(() => signingKeyOf(other)).toThrow(expect.objectContaining({ code: 'bundle.key_invalid' }))
  })
})
