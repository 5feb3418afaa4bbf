import { z } from 'zod'
import { connectionDocumentSchema } from '../../../engine/contract/api/connections.ts'
import type { ConnectionDraft } from './connection-draft.ts'

const keptSchema = z.object({ name: z.string(), document: connectionDocumentSchema })

/** What a draft keeps of a form on the disk: never a secret, which has to be typed again. */
export function draftTextOf({ name, document }: ConnectionDraft): string {
  return JSON.stringify({ name, document })
}

/** Undefined for text that is no draft of a form. */
export function draftFrom(text: string): ConnectionDraft | undefined {
  try {
    const kept = keptSchema.safeParse(JSON.parse(text))
    return kept.success ? { ...kept.data, secrets: {} } : undefined
  } catch {
    return undefined
  }
}
