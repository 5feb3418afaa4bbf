import { Secret } from '../../../base/secret.ts'
import type { OwnSettings } from '../../../contract/api/connections.ts'
import { placeholdersOf } from '../../../workspace/placeholders.ts'
import type { SecretStore } from '../../../workspace/secrets/secret-store.ts'
import type { Workspace } from '../../../workspace/workspace.ts'

interface SecretsOfForm {
  readonly store: SecretStore
  /** Secret fields of the connector. */
  readonly fields: readonly string[]
  /** As the form has them. */
  readonly settings: OwnSettings
  /** As the file has them. */
  readonly before: OwnSettings
  /** By secret field; null forgets it. */
  readonly given: Readonly<Record<string, string | null>> | undefined
  /** What a new secret of a field is called in the store. */
  readonly nameOf: (field: string) => string
  /** Secrets that something else refers to as well: they are neither changed nor forgotten. */
  readonly elsewhere: ReadonlySet<string>
}

/** Keeps the secrets of a form in the store and gives its settings, which then only name them. */
export async function storeSecrets(form: SecretsOfForm): Promise<OwnSettings> {
  const settings: OwnSettings = { ...form.settings }
  for (const field of form.fields) {
    const kept = settings[field] ?? form.before[field]
    const reference = typeof kept === 'string' ? kept : undefined
    const stored = await storeSecret(form, field, reference)
    if (stored === undefined) delete settings[field]
    else settings[field] = stored
  }
  return settings
}

/**
 * Secrets that a workspace refers to besides one connection's file, or besides what one environment says of it.
 * @param environment the connection's own file when absent
 */
export function secretsElsewhere(
  workspace: Pick<Workspace, 'connections' | 'environments'>,
  connection: string,
  environment?: string,
): Set<string> {
  const files = [...workspace.connections]
    .filter(([name]) => name !== connection || environment !== undefined)
    .map(([, { settings }]) => settings)
  const overrides = [...workspace.environments].flatMap(([name, { connections = {} }]) =>
    Object.entries(connections)
      .filter(([of]) => of !== connection || name !== environment)
      .map(([, settings]) => settings),
  )
  return new Set([...files, ...overrides].flatMap(secretNames))
}

/** Names of the secrets that a setting refers to. */
function secretNames(setting: unknown): string[] {
  return placeholdersOf(setting)
    .filter(({ kind }) => kind === 'secret')
    .map(({ name }) => name)
}

/** What the file says about a secret field afterwards; undefined for nothing. */
async function storeSecret(
  { store, given, nameOf, elsewhere }: SecretsOfForm,
  field: string,
  reference: string | undefined,
): Promise<string | undefined> {
  const secret = given?.[field]
  if (secret === undefined) return reference
  const [only] = secretNames(reference)
  // A setting made of several placeholders was written by hand; a form can only replace it.
  const isOwn = only !== undefined && reference === placeholder(only) && !elsewhere.has(only)
  if (secret === null) {
    if (isOwn) await store.delete(only)
    return undefined
  }
  const name = isOwn ? only : nameOf(field)
  await store.set(name, new Secret(secret))
  return placeholder(name)
}

function placeholder(secret: string): string {
  return `\${secret:${secret}}`
}
