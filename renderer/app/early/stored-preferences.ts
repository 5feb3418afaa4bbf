import type { Language } from '../../../engine/contract/localized.ts'

export interface Preferences {
  readonly language: Language
  readonly theme: (typeof THEMES)[number]
  readonly density: (typeof DENSITIES)[number]
  /** Keys that a person changed, by command. */
  readonly keys: Readonly<Record<string, string>>
}

/** Where they are kept, in this browser or desktop. */
export const STORED = 'runnel.preferences'

const LANGUAGES = ['en', 'zh'] as const satisfies readonly Language[]
const THEMES = ['light', 'dark', 'system'] as const
const DENSITIES = ['comfortable', 'compact'] as const

/**
 * What was stored, each part that still makes sense; the rest from the machine's language and our defaults.
 *
 * By hand: the texts of a language are asked for before anything else is loaded, schemas among it.
 */
export function restore(stored: string | null, systemLanguage: string): Preferences {
  const kept = parse(stored)
  return {
    language: oneOf(LANGUAGES, kept['language']) ?? (systemLanguage.toLowerCase().startsWith('zh') ? 'zh' : 'en'),
    theme: oneOf(THEMES, kept['theme']) ?? 'system',
    density: oneOf(DENSITIES, kept['density']) ?? 'compact',
    keys: keysOf(kept['keys']),
  }
}

function oneOf<Name extends string>(names: readonly Name[], value: unknown): Name | undefined {
  return names.find((name) => name === value)
}

function keysOf(value: unknown): Record<string, string> {
  const entries = isObject(value) ? Object.entries(value) : []
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = text === null ? {} : JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
