import { z } from 'zod'
import { columnNameSchema, nodeBase, outputRefSchema } from '../../node-ports.ts'

/** What changed between two inputs, matched by key. Keys should be unique in each: several rows of a key meet each other. */
export const compareConfig = z.strictObject({
  ...nodeBase,
  old: outputRefSchema,
  new: outputRefSchema,
  keys: z.array(columnNameSchema).min(1),
  /** Columns to compare; all that both have by default. */
  columns: z.array(columnNameSchema).optional(),
})
export type CompareConfig = z.infer<typeof compareConfig>
