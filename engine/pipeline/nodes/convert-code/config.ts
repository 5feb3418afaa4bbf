import { z } from 'zod'
import { columnNameSchema, oneInput } from '../../node-ports.ts'

/**
 * Codes of one system become those of another: of a standard, mostly. Compared as text, case counts. NULL stays NULL; a blank
 * value is one like any other.
 */
export const convertCodeConfig = z.strictObject({
  ...oneInput,
  column: columnNameSchema,
  /** The name of the converted column; it replaces the codes by default. */
  to: columnNameSchema.optional(),
  /** What the input has → what becomes of it. A code that stays as it is stands here too. */
  codes: z.record(z.string(), z.string()).refine((codes) => Object.keys(codes).length > 0, 'at least one code'),
  /** The list of the workspace that the results are of; standards are checked by it. */
  list: z.string().min(1).optional(),
  /** The mapping of that list which the codes were taken from; standards tell when it says something else by now. */
  mapping: z.string().min(1).optional(),
  unmatched: z.enum(['reject', 'null', 'keep', 'default']).default('reject'),
  /** For `unmatched: default`. */
  default: z.string().optional(),
})
export type ConvertCodeConfig = z.infer<typeof convertCodeConfig>
