import { Secret } from '../../base/secret.ts'
import type { SecretStore } from './secret-store.ts'

const SERVICE = 'runnel'
// The kernel keyring, to which the library would fall back, forgets everything at logout.
const OPTIONS = { linux: { store: 'secret-service' as const } }

/** The operating system's key store, or undefined where there is none that lasts (a server, a container, a locked session). */
export async function openKeyStore(scope: string): Promise<SecretStore | undefined> {
  try {
    const { AsyncEntry } = await import('@napi-rs/keyring')
    const entry = (name: string): InstanceType<typeof AsyncEntry> =>
      new AsyncEntry(SERVICE, `${scope}/${name}`, OPTIONS)
    await entry('probe').getPassword()
    return {
      kind: 'key-store',
      get: async (name) => {
        const text = await entry(name).getPassword()
        return text === null ? undefined : new Secret(text)
      },
      set: async (name, secret) => entry(name).setPassword(secret.reveal()),
      delete: async (name) => entry(name).deletePassword(),
    }
  } catch {
    return undefined
  }
}
