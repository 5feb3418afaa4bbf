import { z } from 'zod'
import { oneInput } from '../../node-ports.ts'

/** Keeps the rows for which `where` is true. */
export const filterConfig = z.strictObject({ ...oneInput, where: z.string() })
export type FilterConfig = z.infer<typeof filterConfig>
