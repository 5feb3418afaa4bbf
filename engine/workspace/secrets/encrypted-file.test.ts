import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { Secret } from '../../base/secret.ts'
import { encryptedFileStore } from './encrypted-file.ts'
import { openSecrets } from './open-secrets.ts'
import type { SecretStore } from './secret-store.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-secrets-'))
afterAll(() => rm(root, { recursive: true }))
let made = 0
const newPath = (): string => join(root, `s${made++}`, 'secrets.json')
const withKey = (path: string, key: string | undefined): SecretStore =>
  encryptedFileStore(path, async () => (key === undefined ? undefined : new Secret(key)))

it('gives back what was set, and nothing readable is on the disk', async () => {
  const path = newPath()
  await withKey(path, 'k1').set('erp.password', new Secret('canary-1'))
  await withKey(path, 'k1').set('二', new Secret('密码'))
  expect((await withKey(path, 'k1').get('erp.password'))?.reveal()).toBe('canary-1')
  expect((await withKey(path, 'k1').get('二'))?.reveal()).toBe('密码')
  expect(await withKey(path, 'k1').get('other')).toBeUndefined()
  const text = await readFile(path, 'utf8')
  expect(text).not.toContain('canary')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

it('uses a new salt and nonce every time', async () => {
  const [a, b] = [newPath(), newPath()]
  await withKey(a, 'k').set('x', new Secret('same'))
  await withKey(b, 'k').set('x', new Secret('same'))
  const [one, two] = await Promise.all([readFile(a, 'utf8'), readFile(b, 'utf8')])
  const parts = [one, two].map((text) => JSON.parse(text).secrets.x)
  expect(parts[0].kdf.salt).not.toBe(parts[1].kdf.salt)
  expect(parts[0].nonce).not.toBe(parts[1].nonce)
  expect(parts[0].sealed).not.toBe(parts[1].sealed)
})

it.each<[string, (text: string) => string, string | undefined, string]>([
  ['another key', (text) => text, 'k2', 'secret.wrong_key'],
  ['no key', (text) => text, undefined, 'secret.key_missing'],
  ['an empty key', (text) => text, '', 'secret.key_missing'],
  ['a changed byte', (text) => flipSealed(text), 'k1', 'secret.wrong_key'],
  ['an entry under another name', (text) => text.replace('"a"', '"b"').replace('"z"', '"a"'), 'k1', 'secret.wrong_key'],
  ['a cut file', (text) => text.slice(0, 40), 'k1', 'secret.store_damaged'],
  ['a demand for all memory', (text) => text.replaceAll('65536', '999999999'), 'k1', 'secret.store_damaged'],
])('fails closed on %s, for reading and for writing', async (_case, change, key, code) => {
  const path = newPath()
  await withKey(path, 'k1').set('a', new Secret('one'))
  await withKey(path, 'k1').set('z', new Secret('two'))
  const changed = change(await readFile(path, 'utf8'))
  await writeFile(path, changed)
  await expect(withKey(path, key).get('a')).rejects.toMatchObject({ code })
  await expect(withKey(path, key).set('a', new Secret('three'))).rejects.toMatchObject({ code })
  expect(await readFile(path, 'utf8')).toBe(changed)
})

it('takes the key from RUNNEL_KEY', async () => {
  const directory = join(root, `d${made++}`)
  const secrets = openSecrets({ directory, scope: 'shop', variables: { RUNNEL_KEY: 'k' } })
  await secrets.set('a', new Secret('one'))
  expect((await secrets.get('a'))?.reveal()).toBe('one')
  expect(await secrets.delete('a')).toBe(true)
  expect(await secrets.get('a')).toBeUndefined()
  await secrets.set('a', new Secret('two'))
  const keyless = openSecrets({ directory, scope: 'shop', variables: {} })
  await expect(keyless.get('a')).rejects.toMatchObject({ code: 'secret.key_missing' })
})

function flipSealed(text: string): string {
  const file = JSON.parse(text)
  for (const box of Object.values<{ sealed: string }>(file.secrets)) {
    const bytes = Buffer.from(box.sealed, 'base64')
    bytes[0] = (bytes[0] ?? 0) ^ 1
    box.sealed = bytes.toString('base64')
  }
  return JSON.stringify(file)
}
