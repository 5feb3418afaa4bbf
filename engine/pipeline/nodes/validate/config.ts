import { z } from 'zod'
import { columnNameSchema, oneInput } from '../../node-ports.ts'
import { scalarSchema } from '../../scalar.ts'

const ruleBase = {
  /** What rejects are labelled with; `column.check` by default. */
  name: z.string().min(1).optional(),
  /** An `error` rejects the row; a `warning` keeps it and reports it in the output `warnings`. */
  severity: z.enum(['error', 'warning']).default('error'),
}
const onColumn = { ...ruleBase, column: columnNameSchema }

/** A check on one row, or for `unique` on all. NULL passes every check but not_null and not_blank, as in SQL's CHECK. */
export const ruleSchema = z.discriminatedUnion('check', [
  z.strictObject({ ...onColumn, check: z.literal('not_null') }),
  z.strictObject({ ...onColumn, check: z.literal('not_blank') }),
  z.strictObject({ ...onColumn, check: z.literal('accepted'), values: z.array(scalarSchema).min(1) }),
  z.strictObject({
    ...onColumn,
    check: z.literal('range'),
    min: scalarSchema.optional(),
    max: scalarSchema.optional(),
  }),
  z.strictObject({
    ...onColumn,
    check: z.literal('length'),
    min: z.int().min(0).optional(),
    max: z.int().min(0).optional(),
  }),
  /** The whole text must match (RE2). */
  z.strictObject({ ...onColumn, check: z.literal('regex'), pattern: z.string() }),
  z.strictObject({ ...onColumn, check: z.literal('type'), type: z.string() }),
  /** Every row of a value that occurs several times is refused. Rows with NULL in a column are unique. */
  z.strictObject({ ...ruleBase, check: z.literal('unique'), columns: z.array(columnNameSchema).min(1) }),
  z.strictObject({
    ...ruleBase,
    check: z.literal('expression'),
    expr: z.string(),
    column: columnNameSchema.optional(),
  }),
])
export type Rule = z.infer<typeof ruleSchema>

export const validateConfig = z.strictObject({ ...oneInput, rules: z.array(ruleSchema).min(1) })
export type ValidateConfig = z.infer<typeof validateConfig>
