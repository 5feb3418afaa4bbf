import { z } from 'zod'
import { columnNameSchema, oneInput } from '../../node-ports.ts'
import { scalarSchema } from '../../scalar.ts'

/** One row per value of `rows`, one column per listed value of `column`. The values are listed so that the schema is known. */
export const pivotConfig = z.strictObject({
  ...oneInput,
  rows: z.array(columnNameSchema).default([]),
  column: columnNameSchema,
  values: z.array(z.union([scalarSchema, z.strictObject({ value: scalarSchema, to: columnNameSchema })])).min(1),
  fn: z.enum(['sum', 'count', 'avg', 'min', 'max', 'first', 'any_value', 'list']).default('sum'),
  of: columnNameSchema,
})
export type PivotConfig = z.infer<typeof pivotConfig>
