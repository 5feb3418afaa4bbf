import { z } from 'zod'
import { columnNameSchema, oneInput } from '../../node-ports.ts'
import { scalarSchema } from '../../scalar.ts'

/** One column of the result: a column (`from`, or the one called `to`), an expression, or a constant. */
export const mapFieldSchema = z
  .strictObject({
    to: columnNameSchema,
    from: columnNameSchema.optional(),
    expr: z.string().optional(),
    value: scalarSchema.optional(),
    /** The value is cast to this type. */
    type: z.string().optional(),
    /** What a value that cannot be cast becomes: the run fails, or NULL. */
    onError: z.enum(['fail', 'null']).default('fail'),
    /** Taken instead of NULL, after the cast. */
    default: scalarSchema.optional(),
  })
  .refine(({ from, expr, value }) => [from, expr, value].filter((part) => part !== undefined).length <= 1, {
    error: 'give one of from, expr and value',
  })

/** The columns named in `fields`, in that order; with `rest: keep` the others follow. */
export const mapConfig = z.strictObject({
  ...oneInput,
  fields: z.array(mapFieldSchema).min(1),
  rest: z.enum(['keep', 'drop']).default('drop'),
})
export type MapConfig = z.infer<typeof mapConfig>
export type MapField = z.infer<typeof mapFieldSchema>
