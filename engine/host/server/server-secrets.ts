import { Secret } from '../../base/secret.ts'
import { chooseStore, openSecrets } from '../../workspace/secrets/open-secrets.ts'
import type { SecretStore } from '../../workspace/secrets/secret-store.ts'

/** Keeps a server's secrets apart from those of workspaces in the operating system's key store. */
const SCOPE = 'runnel-server'

export interface ServerSecrets {
  readonly place: { readonly directory: string; readonly scope: string }
  readonly store: SecretStore
  /** Gives where it was kept. @throws Failure `secret.key_missing` without RUNNEL_KEY and without a key store. */
  set(name: string, value: string): Promise<'key-store' | 'file'>
}

/** The secrets of a server lie in its data folder: deployments come and go. Nobody sits there to be asked for a key. */
export function serverSecrets(
  directory: string,
  variables: Readonly<Record<string, string | undefined>>,
): ServerSecrets {
  const place = { directory, scope: SCOPE }
  return {
    place,
    store: openSecrets({ ...place, variables }),
    set: async (name, value) => {
      const store = await chooseStore({ ...place, variables })
      await store.set(name, new Secret(value))
      return store.kind
    },
  }
}
