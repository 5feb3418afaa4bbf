import { z } from 'zod'
import { maskSchema } from '../../../contract/mask.ts'
import { columnNameSchema, oneInput } from '../../node-ports.ts'

/** Masks columns so that rows may be seen by people who may not see the values. NULL stays NULL; other columns pass unchanged. */
export const maskConfig = z.strictObject({
  ...oneInput,
  columns: z.array(z.strictObject({ column: columnNameSchema, mask: maskSchema })).min(1),
})
export type MaskConfig = z.infer<typeof maskConfig>
