import { CONNECTOR_KINDS, connectorOfKind } from '../connectors/all.ts'
import { Failure } from '../contract/failure.ts'
import { placeholdersOf } from '../workspace/placeholders.ts'
import type { Workspace } from '../workspace/workspace.ts'

/**
 * Refuses to let a file go into a bundle that holds a secret itself instead of the name of one.
 * @param environments those whose files the bundle takes, whole
 * @throws Failure `bundle.secret_inline`
 */
export async function refuseInlineSecrets(
  workspace: Workspace,
  connections: readonly string[],
  environments: readonly string[],
): Promise<void> {
  for (const connection of connections) {
    const settings = workspace.connections.get(connection)?.settings ?? {}
    await check(workspace, { connection, file: `connections/${connection}.yaml`, settings })
  }
  for (const environment of environments) {
    for (const [connection, settings] of Object.entries(workspace.environments.get(environment)?.connections ?? {})) {
      await check(workspace, { connection, file: `environments/${environment}.yaml`, settings })
    }
  }
}

interface Settings {
  readonly connection: string
  readonly file: string
  readonly settings: Readonly<Record<string, unknown>>
}

async function check(workspace: Workspace, { connection, file, settings }: Settings): Promise<void> {
  for (const field of await secretFields(workspace.connections.get(connection)?.kind)) {
    const setting = Object.hasOwn(settings, field) ? settings[field] : undefined
    if (setting === undefined || setting === null || placeholdersOf(setting).length > 0) continue
    throw new Failure('bundle.secret_inline', { connection, field, file })
  }
}

/** Of a connection nobody knows the kind of, every field that is secret somewhere. */
async function secretFields(kind: string | undefined): Promise<readonly string[]> {
  const connector = kind === undefined ? undefined : await connectorOfKind(kind)
  if (connector !== undefined) return connector.secrets
  const all = await Promise.all(CONNECTOR_KINDS.map(async (known) => (await connectorOfKind(known))?.secrets ?? []))
  return [...new Set(all.flat())]
}
