import { z } from 'zod'
import { columnNameSchema, oneInput } from '../../node-ports.ts'

/** The fields of STRUCT columns as columns of their own. Lists stay lists: explode them. */
export const flattenConfig = z.strictObject({
  ...oneInput,
  /** Which columns; all that are STRUCT by default. */
  columns: z.array(columnNameSchema).optional(),
  /** `path` names a column `address_city`, `none` just `city`. */
  prefix: z.enum(['path', 'none']).default('path'),
  separator: z.string().default('_'),
  /** How many levels are opened. */
  depth: z.int().min(1).default(100),
})
export type FlattenConfig = z.infer<typeof flattenConfig>
