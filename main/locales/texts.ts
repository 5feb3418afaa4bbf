import type { Language } from '../../engine/contract/localized.ts'
import en from './en.json' with { type: 'json' }
import zh from './zh.json' with { type: 'json' }

export type DesktopText = keyof typeof en

/** What the desktop itself says: menus, and dialogs for when no page can be shown. */
export const DESKTOP_TEXTS: Readonly<Record<Language, Readonly<Record<DesktopText, string>>>> = { en, zh }

/** The language of a system that names its own as `tag`. */
export function languageOf(tag: string | undefined): Language {
  return tag?.toLowerCase().startsWith('zh') === true ? 'zh' : 'en'
}
