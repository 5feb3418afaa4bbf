import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type KeyVault, keptSecretKey } from './secret-key.ts'

const vault = (backend: string, isAvailable = true): KeyVault => ({
  isEncryptionAvailable: () => isAvailable,
  getSelectedStorageBackend: () => backend,
  encryptString: (text) => Buffer.from([...Buffer.from(`sealed:${text}`)].map((byte) => byte ^ 1)),
  decryptString: (bytes) => {
    const text = Buffer.from([...bytes].map((byte) => byte ^ 1)).toString()
    if (!text.startsWith('sealed:')) throw new Error('not sealed here')
    return text.slice('sealed:'.length)
  },
})
const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'runnel-key-'))

describe('the key of secrets', () => {
  it('is made once, and no word of it is on the disk', async () => {
    const file = join(await folder(), 'key')
    const key = await keptSecretKey(vault('gnome_libsecret'), file)
    expect(key).toMatch(/^[\w+/]{43}=$/)
    expect(await keptSecretKey(vault('gnome_libsecret'), file)).toBe(key)
    expect((await readFile(file)).includes(key ?? '')).toBe(false)
  })

  it.each([
    ['that only scrambles', vault('basic_text')],
    ['that encrypts nothing', vault('kwallet', false)],
  ])('is not made on a system %s', async (_case, none) => {
    const directory = await folder()
    expect(await keptSecretKey(none, join(directory, 'key'))).toBeUndefined()
    expect(await readdir(directory)).toEqual([])
  })

  it('is not made anew when the old one cannot be opened', async () => {
    const file = join(await folder(), 'key')
    await writeFile(file, 'of another person')
    expect(await keptSecretKey(vault('gnome_libsecret'), file)).toBeUndefined()
    expect(await readFile(file, 'utf8')).toBe('of another person')
  })
})
