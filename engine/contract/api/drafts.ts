import { z } from 'zod'
import { layoutFileSchema } from '../layout-file.ts'
import { procedure } from './procedure.ts'

const file = z.string().min(1)

const draftEntrySchema = z.object({
  /** Of the workspace, with `/`. */
  file: z.string(),
  /** ISO 8601. */
  savedAt: z.string(),
  text: z.string(),
  /** Of the file's text when the editing began; absent for a file that was new. */
  baseDigest: z.string().optional(),
  /** Of a pipeline: where its nodes stand. */
  layout: layoutFileSchema.optional(),
  /** Whether the file now differs from what the editing began with. */
  isBaseChanged: z.boolean(),
})
export type DraftEntry = z.infer<typeof draftEntrySchema>

/** Unsaved work, kept so that a crash loses none of it. Never read by a run. */
export const draftsProcedures = {
  /** Replaces an earlier draft of the file. */
  save: procedure
    .input(z.object({ file, text: z.string(), baseDigest: z.string().optional(), layout: layoutFileSchema.optional() }))
    .output(z.object({ savedAt: z.string() })),
  /** Newest first. */
  list: procedure.output(z.array(draftEntrySchema)),
  discard: procedure.input(z.object({ file })).output(z.object({ existed: z.boolean() })),
}
