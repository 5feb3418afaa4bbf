import { z } from 'zod'
import { jobFileSchema, scheduleSchema } from '../job-file.ts'
import { localizedSchema } from '../localized.ts'
import { procedure } from './procedure.ts'
import { problemSchema } from './workspace.ts'

const job = z.string()

/** When a schedule runs, in words and as times. */
const scheduleTimesSchema = z.object({
  text: localizedSchema,
  /** ISO 8601, soonest first. */
  nextTimes: z.array(z.string()),
})

/** The job files of a workspace; jobs on a server are in `jobs`. */
export const jobFilesProcedures = {
  /** In name order; a file that cannot be read has no document. */
  list: procedure.output(z.array(z.object({ name: job, document: jobFileSchema.optional() }))),
  /** `digest` goes back with `save` so that nobody's change is overwritten. */
  get: procedure
    .input(z.object({ job }))
    .output(z.object({ document: jobFileSchema.optional(), text: z.string(), digest: z.string() })),
  /** Keeps the comments of the file. Without `expectedDigest` the job must be new. */
  save: procedure
    .input(
      z.object({
        job,
        content: z.union([z.object({ document: jobFileSchema }), z.object({ text: z.string().max(1_000_000) })]),
        expectedDigest: z.string().optional(),
      }),
    )
    .output(z.object({ file: z.string(), digest: z.string() })),
  /** Reads text as an editor has it; without a document where it is no job yet, and problems say why. */
  parse: procedure
    .input(z.object({ text: z.string().max(1_000_000) }))
    .output(z.object({ document: jobFileSchema.optional(), problems: z.array(problemSchema) })),
  /** The document as text; comments, key order and style of `text` stay where nothing changed. */
  print: procedure
    .input(z.object({ document: jobFileSchema, text: z.string().max(1_000_000) }))
    .output(z.object({ text: z.string() })),
  remove: procedure.input(z.object({ job })).output(z.object({ removed: z.boolean() })),
  /** The next ten times of a schedule while it is typed. */
  schedule: procedure.input(scheduleSchema).output(scheduleTimesSchema),
}
