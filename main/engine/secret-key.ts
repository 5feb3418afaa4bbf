import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { writeFileDurably } from '../../engine/os/durable-file.ts'

/** What of Electron's safeStorage is needed. */
export interface KeyVault {
  isEncryptionAvailable(): boolean
  getSelectedStorageBackend?(): string
  encryptString(text: string): Buffer
  decryptString(bytes: Buffer): string
}

const KEY_BYTES = 32
const OWNER_ONLY = 0o600

/**
 * The key of secrets files, made at the first use and kept in `file`, encrypted by the operating system.
 *
 * Undefined where the system encrypts nothing (a Linux without a key ring only scrambles): secrets then stay where the person's own
 * key opens them. A file that cannot be opened any more is never replaced, since its key may yet be needed.
 */
export async function keptSecretKey(vault: KeyVault, file: string): Promise<string | undefined> {
  if (!vault.isEncryptionAvailable() || vault.getSelectedStorageBackend?.() === 'basic_text') return undefined
  const kept = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (kept !== undefined) return decrypted(vault, kept)
  const key = randomBytes(KEY_BYTES).toString('base64')
  await writeFileDurably(file, vault.encryptString(key), OWNER_ONLY)
  return key
}

function decrypted(vault: KeyVault, kept: Buffer): string | undefined {
  try {
    return vault.decryptString(kept)
  } catch {
    return undefined
  }
}
