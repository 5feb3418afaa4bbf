import { Secret } from '../base/secret.ts'
import { nearestName } from '../base/suggest.ts'
import { Failure } from '../contract/failure.ts'
import { fillPlaceholders, placeholdersOf } from './placeholders.ts'
import type { SecretStore } from './secrets/secret-store.ts'
import type { ResolvedConnection, Workspace } from './workspace.ts'

export interface ResolveOptions {
  /** Environment to apply; the workspace's own default when absent. */
  readonly environment?: string
  readonly secrets: SecretStore
  /** Fields that the connector keeps secret: never part of the settings, whatever they hold. */
  readonly secretFields: readonly string[]
  /** Values of `${env:NAME}`. */
  readonly variables: Readonly<Record<string, string | undefined>>
}

/**
 * A connection as one environment has it. Secrets are looked up when a field is asked for, not before.
 * @throws Failure `workspace.name_unknown`, `connection.variable_missing`, `connection.secret_in_plain_text` (also for a
 * `${secret:}` outside a secret field, which would end up in plain settings).
 */
export function resolveConnection(workspace: Workspace, name: string, options: ResolveOptions): ResolvedConnection {
  const connection = workspace.connections.get(name) ?? unknownName('connection', name, workspace.connections)
  const merged = { ...connection.settings, ...environmentSettings(workspace, name, options.environment) }
  const secretTexts = new Map<string, string>()
  const settings: Record<string, unknown> = {}
  for (const [field, setting] of Object.entries(merged)) {
    if (options.secretFields.includes(field)) {
      if (setting !== null) secretTexts.set(field, secretText(name, field, setting))
      continue
    }
    if (placeholdersOf(setting).some(({ kind }) => kind === 'secret')) {
      throw new Failure('connection.secret_in_plain_text', { connection: name, field })
    }
    settings[field] = fillPlaceholders(setting, (place) => variable(name, place.name, options.variables))
  }
  return {
    name,
    kind: connection.kind,
    settings,
    secret: async (field) => {
      const text = secretTexts.get(field)
      return text === undefined ? undefined : reveal(name, text, options)
    },
  }
}

/** The environment's name that applies: the one asked for, else the workspace's default, else none. */
export function environmentOf(workspace: Workspace, asked: string | undefined): string | undefined {
  const name = asked ?? workspace.file.environment
  if (name !== undefined && !workspace.environments.has(name)) unknownName('environment', name, workspace.environments)
  return name
}

/** @throws Failure `workspace.name_unknown` with the nearest name. */
export function unknownName(
  kind: 'connection' | 'environment' | 'pipeline' | 'job' | 'sync' | 'policy' | 'rules' | 'standard' | 'codes',
  name: string,
  known: ReadonlyMap<string, unknown>,
): never {
  const suggestion = nearestName(name, known.keys())
  throw new Failure('workspace.name_unknown', { kind, name, ...(suggestion === undefined ? {} : { suggestion }) })
}

function environmentSettings(
  workspace: Workspace,
  connection: string,
  asked: string | undefined,
): Readonly<Record<string, unknown>> {
  const environment = environmentOf(workspace, asked)
  const overrides = environment === undefined ? undefined : workspace.environments.get(environment)?.connections
  return overrides !== undefined && Object.hasOwn(overrides, connection) ? (overrides[connection] ?? {}) : {}
}

/** A secret field must say where its value comes from, not what it is. */
function secretText(connection: string, field: string, setting: unknown): string {
  if (typeof setting === 'string' && placeholdersOf(setting).length > 0) return setting
  throw new Failure('connection.secret_in_plain_text', { connection, field })
}

async function reveal(connection: string, text: string, options: ResolveOptions): Promise<Secret> {
  const values = new Map<string, string>()
  for (const { kind, name } of placeholdersOf(text)) {
    if (kind !== 'secret') continue
    const secret = await options.secrets.get(name)
    if (secret === undefined) throw new Failure('secret.missing', { name })
    values.set(name, secret.reveal())
  }
  const filled = fillPlaceholders(text, ({ kind, name }) =>
    kind === 'secret' ? (values.get(name) ?? '') : variable(connection, name, options.variables),
  )
  return new Secret(String(filled))
}

function variable(connection: string, name: string, variables: ResolveOptions['variables']): string {
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined
  if (value === undefined) throw new Failure('connection.variable_missing', { connection, variable: name })
  return value
}
