import { z } from 'zod'
import { columnNameSchema, oneInput } from '../../node-ports.ts'

/** Each of `columns` becomes a row: its name in `name`, its value in `value`. The other columns repeat. */
export const unpivotConfig = z.strictObject({
  ...oneInput,
  columns: z.array(columnNameSchema).min(1),
  name: columnNameSchema.default('name'),
  value: columnNameSchema.default('value'),
  keepNulls: z.boolean().default(false),
})
export type UnpivotConfig = z.infer<typeof unpivotConfig>
