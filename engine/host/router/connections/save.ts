import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Secret } from '../../../base/secret.ts'
import type { ConnectionDocument } from '../../../contract/api/connections.ts'
import { Failure } from '../../../contract/failure.ts'
import { pathExists } from '../../../os/path-exists.ts'
import { fileOf } from '../../../workspace/layout.ts'
import { placeholdersOf } from '../../../workspace/placeholders.ts'
import { readFileText } from '../../../workspace/read-file.ts'
import { unknownName } from '../../../workspace/resolve-connection.ts'
import { digestOf, saveFile } from '../../../workspace/save.ts'
import type { SecretStore } from '../../../workspace/secrets/secret-store.ts'
import type { Workspace } from '../../../workspace/workspace.ts'
import { checkDocument } from './check-document.ts'

export interface SaveConnection {
  readonly workspace: Workspace
  readonly store: SecretStore
  readonly name: string
  readonly document: ConnectionDocument
  /** By secret field; null forgets it. */
  readonly secrets?: Readonly<Record<string, string | null>> | undefined
  readonly expectedDigest?: string | undefined
}

/**
 * Writes a connection's file, its comments kept, and its secrets to the store; the file holds only their names.
 * @throws Failure `workspace.file_changed` before anything is stored; those of `checkDocument`
 */
export async function saveConnection(request: SaveConnection): Promise<string> {
  const { workspace, name, document, expectedDigest } = request
  const connector = await checkDocument(name, document)
  await requireUnchanged(workspace, name, expectedDigest)
  const settings = { ...document.settings }
  for (const field of connector.secrets) {
    const kept = settings[field] ?? workspace.connections.get(name)?.settings[field]
    const stored = await storeSecret(request, field, kept ?? undefined)
    if (stored === undefined) delete settings[field]
    else settings[field] = stored
  }
  const { kind, description } = document
  const file = {
    version: 1,
    kind,
    ...(description === undefined || description === '' ? {} : { description }),
    settings,
  }
  const saved = await saveFile({
    directory: workspace.directory,
    folder: 'connections',
    name,
    content: { document: file },
    ...(expectedDigest === undefined ? {} : { expectedDigest }),
  })
  return saved.digest
}

/**
 * Removes a connection's file, then the secrets that nothing else of the workspace refers to.
 * @throws Failure `workspace.name_unknown`
 */
export async function removeConnection(workspace: Workspace, store: SecretStore, name: string): Promise<void> {
  const file = fileOf('connections', name)
  const path = join(workspace.directory, file)
  if (!(await pathExists(path))) unknownName('connection', name, workspace.connections)
  const own = secretNames(workspace.connections.get(name)?.settings)
  await rm(path)
  const others = new Set([
    ...[...workspace.connections]
      .filter(([other]) => other !== name)
      .flatMap(([, { settings }]) => secretNames(settings)),
    ...[...workspace.environments.values()].flatMap(({ connections }) => secretNames(connections)),
  ])
  for (const secret of own) if (!others.has(secret)) await store.delete(secret)
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

/** What the file says about a secret field afterwards; undefined for nothing. */
async function storeSecret(
  { store, name, secrets }: SaveConnection,
  field: string,
  kept: unknown,
): Promise<string | undefined> {
  const given = secrets?.[field]
  const reference = typeof kept === 'string' ? kept : undefined
  if (given === undefined) return reference
  const own = secretNames(reference)
  const [only] = own
  // A setting made of several placeholders was written by hand; a form can only replace it.
  const secret = only !== undefined && reference === placeholder(only) ? only : `${name}.${field}`
  if (given !== null) {
    await store.set(secret, new Secret(given))
    return placeholder(secret)
  }
  if (only !== undefined && reference === placeholder(only)) await store.delete(only)
  return undefined
}

function secretNames(setting: unknown): string[] {
  return placeholdersOf(setting)
    .filter(({ kind }) => kind === 'secret')
    .map(({ name }) => name)
}

function placeholder(secret: string): string {
  return `\${secret:${secret}}`
}
