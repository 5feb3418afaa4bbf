import { z } from 'zod'

/** Every language Runnel speaks. */
const LANGUAGES = ['en', 'zh'] as const
export const languageSchema = z.enum(LANGUAGES)
export type Language = z.infer<typeof languageSchema>

/** A text in every language; `{name}` in it stands for a parameter. */
export type Localized = Readonly<Record<Language, string>>

/** `Localized` as it travels. */
export const localizedSchema = z.object({ en: z.string(), zh: z.string() })

/** Fills the `{name}` places of a text. A place without a parameter stays as written. */
export function fill(template: string, parameters: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = parameters[name]
    if (value === undefined) return place
    if (Array.isArray(value)) return value.join(', ')
    return typeof value === 'string' ? value : JSON.stringify(value)
  })
}
