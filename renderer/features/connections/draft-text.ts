import { z } from 'zod'
import { connectionDocumentSchema } from '../../../engine/contract/api/connections.ts'
import type { ConnectionDraft } from './connection-draft.ts'

const settingsSchema = connectionDocumentSchema.shape.settings
const keptSchema = z.object({
  name: z.string(),
  document: connectionDocumentSchema,
  /** Drafts of before had none. */
  environments: z.record(z.string(), z.object({ settings: settingsSchema, expected: settingsSchema })).default({}),
})

/** What a draft keeps of a form on the disk: never a secret, which has to be typed again. */
export function draftTextOf({ name, document, environments }: ConnectionDraft): string {
  const kept = Object.entries(environments).map(([of, { settings, expected }]) => [of, { settings, expected }])
  return JSON.stringify({ name, document, environments: Object.fromEntries(kept) })
}

/** Undefined for text that is no draft of a form. */
export function draftFrom(text: string): ConnectionDraft | undefined {
  try {
    const kept = keptSchema.safeParse(JSON.parse(text))
    if (!kept.success) return undefined
    const environments = Object.entries(kept.data.environments).map(([name, values]) => [
      name,
      { ...values, secrets: {} },
    ])
    return { ...kept.data, secrets: {}, environments: Object.fromEntries(environments) }
  } catch {
    return undefined
  }
}
