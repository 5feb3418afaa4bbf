import { z } from 'zod'
import { type Language, languageSchema } from '../../../engine/contract/localized.ts'

export const preferencesSchema = z.object({
  language: languageSchema,
  theme: z.enum(['light', 'dark', 'system']),
  density: z.enum(['comfortable', 'compact']),
  /** Keys that a person changed, by command. */
  keys: z.record(z.string(), z.string()),
})
export type Preferences = z.infer<typeof preferencesSchema>

/** What was stored, each part that still makes sense; the rest from the machine's language and our defaults. */
export function restore(stored: string | null, systemLanguage: string): Preferences {
  const language: Language = systemLanguage.toLowerCase().startsWith('zh') ? 'zh' : 'en'
  const usual: Preferences = { language, theme: 'system', density: 'compact', keys: {} }
  const kept = preferencesSchema.partial().safeParse(parse(stored))
  return { ...usual, ...Object.fromEntries(Object.entries(kept.data ?? {}).filter(([, value]) => value !== undefined)) }
}

function parse(text: string | null): unknown {
  try {
    return text === null ? {} : JSON.parse(text)
  } catch {
    return {}
  }
}
