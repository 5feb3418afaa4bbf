import { isDeepStrictEqual } from 'node:util'
import type { ConnectionDocument, OwnSettings } from '../../../contract/api/connections.ts'
import { Failure } from '../../../contract/failure.ts'
import { fileOf } from '../../../workspace/layout.ts'
import { requireSound } from '../../../workspace/load.ts'
import { saveFile } from '../../../workspace/save.ts'
import type { SecretStore } from '../../../workspace/secrets/secret-store.ts'
import type { Workspace } from '../../../workspace/workspace.ts'
import { checkDocument } from './check-document.ts'
import { ownSettings, withOwnSettings } from './own-settings.ts'
import { secretsElsewhere, storeSecrets } from './store-secrets.ts'

/** What a form says of a connection in one environment. */
export interface EnvironmentForm {
  readonly settings: OwnSettings
  /** What the environment said when the editing began. */
  readonly expected: OwnSettings
  /** By secret field; null forgets it. */
  readonly secrets?: Readonly<Record<string, string | null>> | undefined
}

interface FormOfConnection {
  readonly workspace: Workspace
  readonly store: SecretStore
  readonly name: string
  readonly document: ConnectionDocument
}

/**
 * Checks that an environment can be written, and that the connection works out with its values.
 * @throws Failure `workspace.file_changed`, `workspace.name_invalid`, `workspace.invalid`; those of `checkDocument`
 */
export async function checkEnvironment(
  { workspace, name, document }: FormOfConnection,
  environment: string,
  { settings, expected }: EnvironmentForm,
): Promise<void> {
  const file = fileOf('environments', environment)
  // What cannot be read would be lost: the file is written anew from what was read of it.
  requireSound({ problems: workspace.problems.filter((problem) => problem.file === file) })
  if (!isDeepStrictEqual(ownSettings(workspace, environment, name), expected)) {
    throw new Failure('workspace.file_changed', { file })
  }
  await checkDocument(`${name} (${environment})`, { ...document, settings: { ...document.settings, ...settings } })
}

/** Writes one environment's file and gives what it says of the connection now; what it says of other connections stays, and so do its comments. */
export async function saveEnvironment(
  { workspace, store, name }: FormOfConnection,
  environment: string,
  form: EnvironmentForm,
  secretFields: readonly string[],
): Promise<OwnSettings> {
  const settings = await storeSecrets({
    store,
    fields: secretFields,
    settings: form.settings,
    before: form.expected,
    given: form.secrets,
    nameOf: (field) => `${name}.${environment}.${field}`,
    elsewhere: secretsElsewhere(workspace, name, environment),
  })
  await saveFile({
    directory: workspace.directory,
    folder: 'environments',
    name: environment,
    content: { document: withOwnSettings(workspace.environments.get(environment), name, settings) },
  })
  return settings
}
