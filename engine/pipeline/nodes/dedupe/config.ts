import { z } from 'zod'
import { columnNameSchema, oneInput } from '../../node-ports.ts'
import { orderSchema } from '../../order.ts'

/** One row for each value of `keys` (of all columns when empty): the first under `order`. */
export const dedupeConfig = z.strictObject({
  ...oneInput,
  keys: z.array(columnNameSchema).default([]),
  order: z.array(orderSchema).default([]),
})
export type DedupeConfig = z.infer<typeof dedupeConfig>
