import { z } from 'zod'
import { columnNameSchema, oneInput } from '../../node-ports.ts'

/** One row per element of a list, or of a JSON array. */
export const explodeConfig = z.strictObject({
  ...oneInput,
  column: columnNameSchema,
  /** The name of the element's column; the list's by default. */
  to: columnNameSchema.optional(),
  /** The elements' type, for JSON. */
  elementType: z.string().default('JSON'),
  /** Keeps a row whose list is empty or NULL, with NULL as the element. */
  keepEmpty: z.boolean().default(false),
  /** A column that counts the elements from 1. */
  ordinality: columnNameSchema.optional(),
})
export type ExplodeConfig = z.infer<typeof explodeConfig>
