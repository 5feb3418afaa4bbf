import { z } from 'zod'
import { columnSchema } from '../column.ts'
import { datasetRefSchema } from '../dataset.ts'
import { maskSchema } from '../mask.ts'
import { maskCheckSchema } from '../mask-finding.ts'
import { cellSchema } from '../page.ts'
import { personalClassSchema } from '../personal-class.ts'
import { policyFileSchema } from '../policy-file.ts'
import { procedure } from './procedure.ts'

const policy = z.string()
const ofDataset = { dataset: datasetRefSchema, environment: z.string().optional() }

/** A value, or text as an editor has it. */
const draft = z.union([z.object({ document: policyFileSchema }), z.object({ text: z.string().max(1_000_000) })])

const maskSuggestionSchema = z.object({
  column: z.string(),
  mask: maskSchema,
  /** The semantic type that speaks for it; empty when only a person does. */
  semantic: z.string(),
  class: personalClassSchema,
  /** Of the values that were looked at. */
  share: z.number(),
})
export type MaskSuggestion = z.infer<typeof maskSuggestionSchema>

/** Masking policies, their keys, and what they do to rows. */
export const maskingProcedures = {
  /** In name order; a file that cannot be read has no document. */
  list: procedure.output(z.array(z.object({ name: policy, document: policyFileSchema.optional() }))),
  /** `digest` goes back with `save` so that nobody's change is overwritten. */
  get: procedure
    .input(z.object({ policy }))
    .output(z.object({ document: policyFileSchema.optional(), text: z.string(), digest: z.string() })),
  /** Keeps the comments of the file. Without `expectedDigest` the policy must be new. */
  save: procedure
    .input(
      z.object({
        policy,
        content: draft,
        expectedDigest: z.string().optional(),
      }),
    )
    .output(z.object({ file: z.string(), digest: z.string() })),
  remove: procedure.input(z.object({ policy })).output(z.object({ removed: z.boolean() })),
  /**
   * Makes a key, or a new version of the one there is: values sealed before still open. A key that is there is left as it is
   * without `rotate`.
   */
  makeKey: procedure
    .input(z.object({ key: z.string().regex(/^[\p{L}\p{N}_-]{1,64}$/u), rotate: z.boolean().default(false) }))
    .output(z.object({ version: z.string(), made: z.boolean(), keptIn: z.enum(['key-store', 'file']) })),
  /** The first rows of a dataset before and after a policy, which need not be saved. Cells are those of a page. */
  preview: procedure.input(z.object({ ...ofDataset, draft, limitRows: z.int().min(1).max(200).default(20) })).output(
    z.object({
      columns: z.array(columnSchema),
      /** Columns that are masked, with the method. */
      masked: z.array(z.object({ column: z.string(), method: z.string() })),
      before: z.array(z.array(cellSchema)),
      after: z.array(z.array(cellSchema)),
    }),
  ),
  /** What persons said about personal data in the columns of a dataset, by column. */
  classes: procedure.input(z.object({ dataset: datasetRefSchema })).output(z.record(z.string(), personalClassSchema)),
  /** Keeps what a person says about a column in `standards/classes`; without a class it is taken back. */
  confirm: procedure
    .input(z.object({ dataset: datasetRefSchema, column: z.string().min(1), class: personalClassSchema.optional() }))
    .output(z.object({ file: z.string() })),
  /**
   * Masks for the columns of a dataset that hold personal data: as persons confirmed, else as its first rows suggest. Columns that
   * were confirmed to hold none are left out.
   */
  suggest: procedure.input(z.object(ofDataset)).output(z.array(maskSuggestionSchema)),
  /** Looks a second time at the newest snapshot of a dataset. */
  check: procedure.input(z.object(ofDataset)).output(maskCheckSchema),
}
