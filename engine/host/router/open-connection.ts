import { nearestName } from '../../base/suggest.ts'
import { CONNECTOR_KINDS, connectorOfKind } from '../../connectors/all.ts'
import type { Connector, OpenRequest } from '../../connectors/api/connector.ts'
import type { Session } from '../../connectors/api/session.ts'
import { Failure } from '../../contract/failure.ts'
import { resolveConnection, unknownName } from '../../workspace/resolve-connection.ts'
import type { SecretStore } from '../../workspace/secrets/secret-store.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { requireAllowedSettings } from './allowed-folders.ts'

/** Where the connections of a call come from. */
export interface ConnectionSource {
  readonly workspace: Workspace
  readonly environment: string | undefined
  readonly secrets: SecretStore
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Folders that the files of connections must lie in; all may be reached when absent. */
  readonly allowedFolders?: readonly string[]
}

/** A connector together with the request that opens or diagnoses one connection with it. */
export interface ReadyConnection {
  readonly connector: Connector
  readonly request: OpenRequest<unknown>
}

/**
 * A connection of the workspace, settings parsed by its connector; nothing is connected yet.
 * @throws Failure `workspace.name_unknown`, `connection.kind_unknown`, `connection.settings_invalid`, `file.outside_folder`, and those of `resolveConnection`.
 */
export async function readyConnection(
  source: ConnectionSource,
  name: string,
  signal?: AbortSignal,
): Promise<ReadyConnection> {
  const { workspace, environment, secrets, variables } = source
  const kind = (workspace.connections.get(name) ?? unknownName('connection', name, workspace.connections)).kind
  const connector = await requireConnector(name, kind)
  const resolved = resolveConnection(workspace, name, {
    secrets,
    variables,
    secretFields: connector.secrets,
    ...(environment === undefined ? {} : { environment }),
  })
  const config = parseSettings(connector, name, resolved.settings)
  await requireAllowedSettings(source.allowedFolders, config, workspace.directory)
  return {
    connector,
    request: {
      name,
      config,
      baseDirectory: workspace.directory,
      secret: resolved.secret,
      ...(signal === undefined ? {} : { signal }),
    },
  }
}

/** Opens a session, which the caller disposes. */
export async function openSession(source: ConnectionSource, name: string, signal?: AbortSignal): Promise<Session> {
  const { connector, request } = await readyConnection(source, name, signal)
  return connector.open(request)
}

/** @throws Failure `connection.kind_unknown` with the nearest kind. */
export async function requireConnector(connection: string, kind: string): Promise<Connector> {
  const connector = await connectorOfKind(kind)
  if (connector !== undefined) return connector
  const suggestion = nearestName(kind, CONNECTOR_KINDS)
  throw new Failure('connection.kind_unknown', {
    connection,
    kind,
    ...(suggestion === undefined ? {} : { suggestion }),
  })
}

/**
 * What a node says about a dataset, parsed by the connector's own schema; nothing said is an empty set of options.
 * @throws Failure `connection.options_invalid`
 */
export function parseOptions(
  connector: Connector,
  connection: string,
  side: 'source' | 'target',
  options: unknown,
): unknown {
  const parsed = connector[side].safeParse(options ?? {})
  if (parsed.success) return parsed.data
  throw new Failure('connection.options_invalid', { connection, reason: issuesText(parsed.error.issues) })
}

/** @throws Failure `connection.settings_invalid` */
export function parseSettings(connector: Connector, connection: string, settings: unknown): unknown {
  const parsed = connector.config.safeParse(settings)
  if (parsed.success) return parsed.data
  throw new Failure('connection.settings_invalid', { connection, reason: issuesText(parsed.error.issues) })
}

/** Issues of a schema on one line, without the values: a value may be what should have been secret. */
function issuesText(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  return issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`))
    .join('; ')
}
