import { join } from 'node:path'
import { Secret } from '../../base/secret.ts'
import { pathExists } from '../../os/path-exists.ts'
import { STATE_FOLDER } from '../layout.ts'
import { encryptedFileStore } from './encrypted-file.ts'
import { openKeyStore } from './key-store.ts'
import type { AskKey, SecretStore } from './secret-store.ts'

export interface OpenSecretsRequest {
  /** The workspace's folder (or a server's), whose state folder holds the encrypted file. */
  readonly directory: string
  /** Keeps the secrets of workspaces apart in the operating system's key store: the workspace's name. */
  readonly scope: string
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Asks a person for the key when RUNNEL_KEY is not set. */
  readonly askKey?: AskKey
}

/**
 * The secrets of a workspace. RUNNEL_KEY, or an encrypted file that is already there, decides for the file; else the key
 * store of the operating system; where there is none, the file. Touches nothing until a secret is asked for.
 */
export function openSecrets(request: OpenSecretsRequest): SecretStore {
  let opened: Promise<SecretStore> | undefined
  const store = (): Promise<SecretStore> => (opened ??= chooseStore(request))
  return {
    kind: 'file',
    get: async (name) => (await store()).get(name),
    set: async (name, secret) => (await store()).set(name, secret),
    delete: async (name) => (await store()).delete(name),
  }
}

/** The store itself, opened now; for those who tell a person where a secret went. */
export async function chooseStore(request: OpenSecretsRequest): Promise<SecretStore> {
  const path = join(request.directory, STATE_FOLDER, 'secrets.json')
  const given = request.variables['RUNNEL_KEY']
  const askKey: AskKey = async () => (given === undefined ? request.askKey?.() : new Secret(given))
  if (given !== undefined || (await pathExists(path))) return encryptedFileStore(path, askKey)
  return (await openKeyStore(request.scope)) ?? encryptedFileStore(path, askKey)
}
