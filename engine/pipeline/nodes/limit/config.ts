import { z } from 'zod'
import { oneInput } from '../../node-ports.ts'
import { orderSchema } from '../../order.ts'

/** The first rows after `offset`: of the input's order, or of `order`. */
export const limitConfig = z.strictObject({
  ...oneInput,
  rows: z.int().min(0),
  offset: z.int().min(0).default(0),
  order: z.array(orderSchema).default([]),
})
export type LimitConfig = z.infer<typeof limitConfig>
