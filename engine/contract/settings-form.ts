import { z } from 'zod'
import { localizedSchema } from './localized.ts'

/**
 * JSON Schema (draft 2020-12) of an object of settings, from which a form is drawn. Beside the standard keywords every property
 * carries `titles` and `descriptions` (`{ en, zh }`); a property with `enum` may carry `enumTitles` (`{ value: { en, zh } }`).
 */
export const settingsFormSchema = z.record(z.string(), z.json())
export type SettingsForm = z.infer<typeof settingsFormSchema>

/** What a form adds to one property of a JSON Schema. */
export const fieldTextSchema = z.object({
  titles: localizedSchema,
  descriptions: localizedSchema,
  enumTitles: z.record(z.string(), localizedSchema).optional(),
})
export type FieldText = z.infer<typeof fieldTextSchema>
