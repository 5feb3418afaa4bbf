import type { OwnSettings } from '../../../engine/contract/api/connections.ts'
import type { EngineClient } from '../../../engine/contract/api.ts'
import { changedFile } from '../../app/conflict/unless-changed.ts'
import type { MetConflict } from '../../app/conflict/use-conflict.ts'
import type { ConnectionDraft } from './connection-draft.ts'
import { changedEnvironments } from './environment-draft.ts'
import type { SavedForm } from './use-form-draft.ts'

/** One file as it was shown in a conflict: the connection's own, or what an environment says of the connection. */
export type FileVersion = { readonly digest: string } | { readonly environment: string; readonly settings: OwnSettings }

type Theirs = Awaited<ReturnType<EngineClient['connections']['get']>>

interface FormToSave {
  readonly draft: ConnectionDraft
  /** Of the file that the editing began with; undefined for a new connection. */
  readonly digest: string | undefined
  /** What a person agreed to overwrite. */
  readonly over?: FileVersion | undefined
}

/** Saves a form, or gives the first of its files that somebody else changed meanwhile. */
export async function saveForm(
  engine: Pick<EngineClient, 'connections'>,
  { draft, digest, over }: FormToSave,
): Promise<SavedForm | MetConflict<FileVersion>> {
  const { name: connection, document, secrets } = draft
  const environments = changedEnvironments(draft.environments)
  const agreed = over !== undefined && 'environment' in over ? environments[over.environment] : undefined
  if (agreed !== undefined && over !== undefined && 'environment' in over)
    environments[over.environment] = { ...agreed, expected: over.settings }
  const expectedDigest = over !== undefined && 'digest' in over ? over.digest : digest
  try {
    return await engine.connections.save({
      connection,
      document,
      secrets: { ...secrets },
      environments,
      ...(expectedDigest === undefined ? {} : { expectedDigest }),
    })
  } catch (error) {
    const file = changedFile(error)
    // The name of a new connection that is taken is no conflict: it gets another.
    if (file === undefined || digest === undefined) throw error
    const [changes, theirs] = await Promise.all([
      engine.connections.changes({ connection, document, environments }),
      engine.connections.get({ connection }),
    ])
    const version = versionOf(file, theirs)
    const met = changes.find((change) => change.file === file)
    // They wrote the same: nothing has to be chosen.
    if (met === undefined) return saveForm(engine, { draft, digest, over: version })
    return { conflict: { file, theirs: met.before, mine: met.after }, version }
  }
}

function versionOf(file: string, theirs: Theirs): FileVersion {
  const [, environment] = /^environments\/(.+)\.yaml$/.exec(file) ?? []
  if (environment === undefined) return { digest: theirs.digest }
  const settings = theirs.environments.find((values) => values.environment === environment)?.settings ?? {}
  return { environment, settings }
}
