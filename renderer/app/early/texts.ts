import type { Language } from '../../../engine/contract/localized.ts'

type Texts = Record<string, string>

/** One chunk for each language: its files of all areas together. */
const FILES: Record<Language, () => Promise<Record<string, Texts>>> = {
  en: async () => (await import('./texts-en.ts')).texts,
  zh: async () => (await import('./texts-zh.ts')).texts,
}

/** Texts by area; loaded once. */
export function textsOf(language: Language): Promise<Record<string, Texts>> {
  return FILES[language]()
}
