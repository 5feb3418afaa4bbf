import { z } from 'zod'
import { joinKeySchema } from '../../join-keys.ts'
import { columnNameSchema, oneInput, outputRefSchema } from '../../node-ports.ts'
import { orderSchema } from '../../order.ts'
import { scalarSchema } from '../../scalar.ts'

/** Adds columns of another relation, found by key, with a policy for every case but exactly one match. */
export const lookupConfig = z.strictObject({
  ...oneInput,
  /** Where to look. */
  from: outputRefSchema,
  on: z.array(joinKeySchema).min(1),
  /** What to take; by default every column that is no key. */
  columns: z
    .array(z.union([columnNameSchema, z.strictObject({ from: columnNameSchema, to: columnNameSchema })]))
    .optional(),
  noMatch: z.enum(['null', 'default', 'reject', 'fail']).default('null'),
  /** For `noMatch: default`, by the name in the result. A column not listed is NULL. */
  defaults: z.record(z.string(), scalarSchema).default({}),
  severalMatches: z.enum(['first', 'reject', 'fail', 'all']).default('fail'),
  /** Which match is the first. */
  order: z.array(orderSchema).default([]),
})
export type LookupConfig = z.infer<typeof lookupConfig>
