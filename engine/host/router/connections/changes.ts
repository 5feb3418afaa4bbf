import { connectorOfKind } from '../../../connectors/all.ts'
import type { ConnectionDocument, OwnSettings } from '../../../contract/api/connections.ts'
import { fileOf, type NamedFolder } from '../../../workspace/layout.ts'
import { readFileText } from '../../../workspace/read-file.ts'
import type { Workspace } from '../../../workspace/workspace.ts'
import { editYaml, printYaml } from '../../../workspace/write-yaml.ts'
import { connectionFile } from './connection-file.ts'
import { withOwnSettings } from './own-settings.ts'

interface ConnectionForm {
  readonly connection: string
  readonly document: ConnectionDocument
  readonly environments?: Readonly<Record<string, { readonly settings: OwnSettings }>> | undefined
}

interface FileChange {
  readonly file: string
  readonly before: string
  readonly after: string
}

/** The files that a form would change, with their text as it is and as it would be. */
export async function connectionChanges(
  workspace: Workspace,
  { connection, document, environments = {} }: ConnectionForm,
): Promise<FileChange[]> {
  const secrets = (await connectorOfKind(document.kind))?.secrets ?? []
  const stored = Object.entries(workspace.connections.get(connection)?.settings ?? {})
  // A form that does not name a secret leaves it as it is.
  const kept = Object.fromEntries(stored.filter(([field]) => secrets.includes(field)))
  const file = connectionFile({ ...document, settings: { ...kept, ...document.settings } })
  const changed = await Promise.all([
    changeOf(workspace, 'connections', connection, file),
    ...Object.entries(environments).map(([environment, { settings }]) => {
      const own = withOwnSettings(workspace.environments.get(environment), connection, settings)
      return changeOf(workspace, 'environments', environment, own)
    }),
  ])
  return changed.filter(({ before, after }) => before !== after).toSorted((a, b) => (a.file < b.file ? -1 : 1))
}

async function changeOf(
  { directory }: Workspace,
  folder: NamedFolder,
  name: string,
  document: unknown,
): Promise<FileChange> {
  const file = fileOf(folder, name)
  const before = await readFileText(directory, file).catch(() => '')
  return { file, before, after: before === '' ? printYaml(document) : editYaml(before, document) }
}
