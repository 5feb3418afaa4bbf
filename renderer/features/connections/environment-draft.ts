import type {
  ConnectionDocument,
  ConnectionKind,
  EnvironmentValues,
  OwnSettings,
} from '../../../engine/contract/api/connections.ts'

/** What a person edits of a connection in one environment. */
export interface EnvironmentDraft {
  /** Only of the settings that differ from those of every environment. */
  readonly settings: OwnSettings
  /** Typed ones, and null for one that is taken away; never those that are kept. */
  readonly secrets: Readonly<Record<string, string | null>>
  /** What the environment said when the editing began. */
  readonly expected: OwnSettings
}

const NOTHING: EnvironmentDraft = { settings: {}, secrets: {}, expected: {} }

/** An environment nobody edited yet, by what the engine has of it. */
export function environmentDraft(values: EnvironmentValues | undefined): EnvironmentDraft {
  return values === undefined ? NOTHING : { settings: values.settings, secrets: {}, expected: values.settings }
}

/** A field with a value of its own, or without one again. */
export function withOwn(
  draft: EnvironmentDraft,
  field: string,
  value: OwnSettings[string] | undefined,
): EnvironmentDraft {
  const { [field]: _, ...others } = draft.settings
  return { ...draft, settings: value === undefined ? others : { ...draft.settings, [field]: value } }
}

/** Text sets a secret of its own, null takes one away, undefined leaves it as it is. */
export function withOwnSecret(
  draft: EnvironmentDraft,
  field: string,
  secret: string | null | undefined,
): EnvironmentDraft {
  const { [field]: _, ...others } = draft.secrets
  return { ...draft, secrets: secret === undefined ? others : { ...draft.secrets, [field]: secret } }
}

/** Whether an environment has a secret of its own: typed, or kept. */
export function hasOwnSecret({ settings, secrets }: EnvironmentDraft, field: string): boolean {
  return field in secrets ? secrets[field] !== null : Object.hasOwn(settings, field)
}

/** Its settings as they are saved. An emptied field has no value of its own, unless the file said just that. */
export function ownValues({ settings, expected }: EnvironmentDraft): OwnSettings {
  const isSaid = ([field, value]: readonly [string, OwnSettings[string]]): boolean =>
    (value !== null && value !== '') || expected[field] === value
  return Object.fromEntries(Object.entries(settings).filter(isSaid))
}

export function isChanged(draft: EnvironmentDraft): boolean {
  return (
    Object.keys(givenSecrets(draft)).length > 0 || JSON.stringify(ownValues(draft)) !== JSON.stringify(draft.expected)
  )
}

/** What `connections.save` is told of the environments that were changed. */
export function changedEnvironments(drafts: Readonly<Record<string, EnvironmentDraft>>) {
  const changed = Object.entries(drafts).filter(([, draft]) => isChanged(draft))
  return Object.fromEntries(
    changed.map(([name, draft]) => [
      name,
      { settings: ownValues(draft), expected: draft.expected, secrets: givenSecrets(draft) },
    ]),
  )
}

/** A field where nothing was typed yet says nothing. */
function givenSecrets({ secrets }: EnvironmentDraft): Record<string, string | null> {
  return Object.fromEntries(Object.entries(secrets).filter(([, secret]) => secret !== ''))
}

interface Form {
  readonly document: ConnectionDocument
  readonly secrets: Readonly<Record<string, string | null>>
}

/** The connection as one environment has it: what its self-test tries. */
export function formIn(
  { document, secrets }: Form,
  draft: EnvironmentDraft,
  kind: Pick<ConnectionKind, 'secrets'>,
): Form {
  const settings = { ...document.settings, ...ownValues(draft) }
  const given = { ...secrets }
  for (const { name } of kind.secrets) {
    const typed = draft.secrets[name]
    // One that is kept for the environment is named by its settings; one that was taken away is that of the connection again.
    if (typeof typed === 'string' && typed !== '') given[name] = typed
    else if (hasOwnSecret(draft, name)) delete given[name]
    else if (typed === null) {
      delete settings[name]
      const common = document.settings[name]
      if (common !== undefined) settings[name] = common
    }
  }
  return { document: { ...document, settings }, secrets: given }
}
