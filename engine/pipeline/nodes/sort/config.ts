import { z } from 'zod'
import { oneInput } from '../../node-ports.ts'
import { orderSchema } from '../../order.ts'

/** Rows in order. Only an output or a limit directly behind keeps it. */
export const sortConfig = z.strictObject({ ...oneInput, by: z.array(orderSchema).min(1) })
export type SortConfig = z.infer<typeof sortConfig>
