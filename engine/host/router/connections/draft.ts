import { Secret } from '../../../base/secret.ts'
import type { ConnectionDocument } from '../../../contract/api/connections.ts'
import type { SecretStore } from '../../../workspace/secrets/secret-store.ts'
import type { ConnectionSource } from '../open-connection.ts'
import { checkDocument } from './check-document.ts'

export interface ConnectionDraft {
  readonly document: ConnectionDocument
  readonly secrets?: Readonly<Record<string, string | null>> | undefined
}

/** Names of secrets that only this draft has; no stored secret can be called so. */
const DRAFT_SECRET = 'draft.'

/**
 * The connections of a workspace with one of them as a form has it now, saved or not. A secret that the form does not name is
 * that of the stored connection. Environments do not change it: what is tested is what was typed.
 */
export async function withDraft(
  source: ConnectionSource,
  name: string,
  draft: ConnectionDraft,
): Promise<ConnectionSource> {
  const connector = await checkDocument(name, draft.document)
  const stored = source.workspace.connections.get(name)?.settings ?? {}
  const settings = { ...draft.document.settings }
  for (const field of connector.secrets) {
    const given = draft.secrets?.[field]
    const kept = settings[field] ?? stored[field]
    if (given === null || (given === undefined && kept === undefined)) delete settings[field]
    else settings[field] = given === undefined ? (kept ?? null) : `\${secret:${DRAFT_SECRET}${field}}`
  }
  const connections = new Map(source.workspace.connections)
  connections.set(name, { version: 1, kind: draft.document.kind, settings })
  const environments = new Map(
    [...source.workspace.environments].map(([environment, file]) => {
      const { [name]: _replaced, ...others } = file.connections ?? {}
      return [environment, { ...file, connections: others }]
    }),
  )
  return {
    ...source,
    workspace: { ...source.workspace, connections, environments },
    secrets: overlaid(source.secrets, draft.secrets ?? {}),
  }
}

function overlaid(store: SecretStore, given: Readonly<Record<string, string | null>>): SecretStore {
  return {
    ...store,
    get: async (name) => {
      const field = name.startsWith(DRAFT_SECRET) ? name.slice(DRAFT_SECRET.length) : undefined
      const value = field === undefined ? undefined : given[field]
      return value === undefined || value === null ? store.get(name) : new Secret(value)
    },
  }
}
