import type { ConnectionDocument, ConnectionKind } from '../../../engine/contract/api/connections.ts'
import type { EnvironmentDraft } from './environment-draft.ts'

/** What a person edits: the document, and secrets they typed (never those that are kept). */
export interface ConnectionDraft {
  readonly name: string
  readonly document: ConnectionDocument
  readonly secrets: Readonly<Record<string, string | null>>
  /** Values of environments by their name; one that is not named is as the engine has it. */
  readonly environments: Readonly<Record<string, EnvironmentDraft>>
}

/** A new connection of a kind, with a name that is free. */
export function newDraft(kind: ConnectionKind, taken: readonly string[]): ConnectionDraft {
  return {
    name: freeName(kind.kind, taken),
    document: { kind: kind.kind, settings: {} },
    secrets: {},
    environments: {},
  }
}

export function freeName(wish: string, taken: readonly string[]): string {
  const used = new Set(taken)
  if (!used.has(wish)) return wish
  for (let number = 2; ; number++) if (!used.has(`${wish}-${number}`)) return `${wish}-${number}`
}

const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_-]{0,63}$/u

/** The key of the text that says what is wrong with a name; undefined when nothing is. */
export function nameProblem(
  name: string,
  taken: readonly string[],
): 'name.required' | 'name.invalid' | 'name.taken' | undefined {
  if (name.trim() === '') return 'name.required'
  if (!NAME.test(name)) return 'name.invalid'
  return taken.includes(name) ? 'name.taken' : undefined
}

/** The secrets that play a part with these settings. */
export function secretsFor(
  kind: Pick<ConnectionKind, 'secrets'>,
  settings: ConnectionDocument['settings'],
): ConnectionKind['secrets'] {
  return kind.secrets.filter(({ onlyFor }) => {
    if (onlyFor === undefined) return true
    const setting = settings[onlyFor.setting]
    const isObject = typeof setting === 'object' && setting !== null && !Array.isArray(setting)
    return isObject && onlyFor.kinds.some((one) => setting['kind'] === one)
  })
}

/** Secrets that must be there and are neither kept nor typed. */
export function missingSecrets(
  kind: Pick<ConnectionKind, 'secrets'>,
  kept: Readonly<Record<string, boolean>>,
  typed: ConnectionDraft['secrets'],
): string[] {
  const isThere = (name: string): boolean => (name in typed ? typed[name] !== null : (kept[name] ?? false))
  return kind.secrets.filter(({ name, required }) => required && !isThere(name)).map(({ name }) => name)
}
