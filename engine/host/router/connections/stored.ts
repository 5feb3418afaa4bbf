import { connectorOfKind } from '../../../connectors/all.ts'
import type { ConnectionDocument, EnvironmentValues } from '../../../contract/api/connections.ts'
import { isFailure } from '../../../contract/failure.ts'
import { fileOf, NAMED_FILES } from '../../../workspace/layout.ts'
import { parseFile } from '../../../workspace/parse-file.ts'
import { readFileText } from '../../../workspace/read-file.ts'
import { resolveConnection, unknownName } from '../../../workspace/resolve-connection.ts'
import { digestOf } from '../../../workspace/save.ts'
import type { ConnectionSource } from '../open-connection.ts'
import { ownSettings } from './own-settings.ts'

export interface StoredConnection {
  readonly document?: ConnectionDocument
  readonly text: string
  readonly digest: string
  readonly secrets: Record<string, boolean>
  readonly environments: EnvironmentValues[]
}

/**
 * A connection's file as it is now, also when it has problems.
 * @throws Failure `workspace.name_unknown`
 */
export async function readConnection(source: ConnectionSource, name: string): Promise<StoredConnection> {
  const { workspace } = source
  const file = fileOf('connections', name)
  const isKnown = workspace.connections.has(name) || workspace.problems.some((problem) => problem.file === file)
  if (!isKnown) unknownName('connection', name, workspace.connections)
  const text = await readFileText(workspace.directory, file)
  const { value } = parseFile({ file, text, schema: NAMED_FILES.connections, language: 'en' })
  const digest = digestOf(text)
  if (value === undefined) return { text, digest, secrets: {}, environments: [] }
  const { kind, description, settings } = value
  const document = { kind, ...(description === undefined ? {} : { description }), settings }
  const secrets = await secretsThere(source, name, kind)
  return { document, text, digest, secrets, environments: await environmentValues(source, name, kind) }
}

async function environmentValues(source: ConnectionSource, name: string, kind: string): Promise<EnvironmentValues[]> {
  const values: EnvironmentValues[] = []
  for (const environment of source.workspace.environments.keys()) {
    const settings = ownSettings(source.workspace, environment, name)
    const there = await secretsThere({ ...source, environment }, name, kind)
    const own = Object.entries(there).filter(([field]) => Object.hasOwn(settings, field))
    values.push({ environment, settings: { ...settings }, secrets: Object.fromEntries(own) })
  }
  return values
}

/** Which secret fields have a value now. */
async function secretsThere(source: ConnectionSource, name: string, kind: string): Promise<Record<string, boolean>> {
  const { workspace, environment, secrets, variables } = source
  const fields = (await connectorOfKind(kind))?.secrets ?? []
  const isThere = async (field: string): Promise<boolean> => {
    try {
      const options = {
        secrets,
        variables,
        secretFields: fields,
        ...(environment === undefined ? {} : { environment }),
      }
      return (await resolveConnection(workspace, name, options).secret(field)) !== undefined
    } catch (error) {
      // Not set, or not to be opened without its key: either way there is nothing to connect with.
      if (isFailure(error)) return false
      throw error
    }
  }
  const answers: Record<string, boolean> = {}
  for (const field of fields) answers[field] = await isThere(field)
  return answers
}
