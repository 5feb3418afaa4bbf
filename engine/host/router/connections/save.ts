import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConnectionDocument, OwnSettings } from '../../../contract/api/connections.ts'
import { Failure } from '../../../contract/failure.ts'
import { pathExists } from '../../../os/path-exists.ts'
import { fileOf } from '../../../workspace/layout.ts'
import { readFileText } from '../../../workspace/read-file.ts'
import { unknownName } from '../../../workspace/resolve-connection.ts'
import { digestOf, saveFile } from '../../../workspace/save.ts'
import type { SecretStore } from '../../../workspace/secrets/secret-store.ts'
import type { Workspace } from '../../../workspace/workspace.ts'
import { checkDocument } from './check-document.ts'
import { connectionFile } from './connection-file.ts'
import { withOwnSettings } from './own-settings.ts'
import { checkEnvironment, type EnvironmentForm, saveEnvironment } from './save-environment.ts'
import { secretsElsewhere, storeSecrets } from './store-secrets.ts'

export interface SaveConnection {
  readonly workspace: Workspace
  readonly store: SecretStore
  readonly name: string
  readonly document: ConnectionDocument
  /** By secret field; null forgets it. */
  readonly secrets?: Readonly<Record<string, string | null>> | undefined
  readonly expectedDigest?: string | undefined
  readonly environments?: Readonly<Record<string, EnvironmentForm>> | undefined
}

interface SavedConnection {
  readonly digest: string
  readonly environments: Record<string, OwnSettings>
}

/**
 * Writes a connection's file, its comments kept, and what environments say of it; secrets go to the store, files only name them.
 * @throws Failure `workspace.file_changed` before anything is stored; those of `checkDocument`
 */
export async function saveConnection(request: SaveConnection): Promise<SavedConnection> {
  const { workspace, store, name, document, expectedDigest } = request
  const connector = await checkDocument(name, document)
  await requireUnchanged(workspace, name, expectedDigest)
  const environments = Object.entries(request.environments ?? {})
  for (const [environment, form] of environments) await checkEnvironment(request, environment, form)
  const settings = await storeSecrets({
    store,
    fields: connector.secrets,
    settings: document.settings,
    before: workspace.connections.get(name)?.settings ?? {},
    given: request.secrets,
    nameOf: (field) => `${name}.${field}`,
    elsewhere: secretsElsewhere(workspace, name),
  })
  const saved = await saveFile({
    directory: workspace.directory,
    folder: 'connections',
    name,
    content: { document: connectionFile({ ...document, settings }) },
    ...(expectedDigest === undefined ? {} : { expectedDigest }),
  })
  const written: Record<string, OwnSettings> = {}
  for (const [environment, form] of environments)
    written[environment] = await saveEnvironment(request, environment, form, connector.secrets)
  return { digest: saved.digest, environments: written }
}

/**
 * Removes a connection's file and what environments say of it, then the secrets that nothing else of the workspace refers to. An
 * environment that cannot be read stays as it is.
 * @throws Failure `workspace.name_unknown`
 */
export async function removeConnection(workspace: Workspace, store: SecretStore, name: string): Promise<void> {
  const { directory } = workspace
  const path = join(directory, fileOf('connections', name))
  if (!(await pathExists(path))) unknownName('connection', name, workspace.connections)
  const without = withoutConnection(workspace, name)
  await rm(path)
  for (const [environment, file] of without.environments) {
    if (file === workspace.environments.get(environment)) continue
    await saveFile({ directory, folder: 'environments', name: environment, content: { document: file } })
  }
  const kept = secretsElsewhere(without, name)
  for (const secret of secretsElsewhere(workspace, '')) if (!kept.has(secret)) await store.delete(secret)
}

/** The same files where they do not say anything of it. */
function withoutConnection(workspace: Workspace, name: string): Pick<Workspace, 'connections' | 'environments'> {
  const environments = [...workspace.environments].map(
    ([environment, file]) =>
      [environment, file.connections?.[name] === undefined ? file : withOwnSettings(file, name, {})] as const,
  )
  return {
    connections: new Map([...workspace.connections].filter(([other]) => other !== name)),
    environments: new Map(environments),
  }
}

async function requireUnchanged(workspace: Workspace, name: string, expected: string | undefined): Promise<void> {
  const file = fileOf('connections', name)
  const isThere = await pathExists(join(workspace.directory, file))
  if (
    expected === undefined ? !isThere : isThere && digestOf(await readFileText(workspace.directory, file)) === expected
  ) {
    return
  }
  throw new Failure('workspace.file_changed', { file })
}
