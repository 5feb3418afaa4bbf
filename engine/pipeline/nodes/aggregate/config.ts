import { z } from 'zod'
import { columnNameSchema, oneInput } from '../../node-ports.ts'
import { orderSchema } from '../../order.ts'

const AGGREGATES = [
  'count',
  'count_distinct',
  'sum',
  'avg',
  'min',
  'max',
  'median',
  'stddev',
  'variance',
  'list',
  'string_agg',
  'first',
  'last',
  'any_value',
  'bool_and',
  'bool_or',
] as const

export const aggregateValueSchema = z.strictObject({
  to: columnNameSchema,
  fn: z.enum(AGGREGATES),
  /** The column, or with `expr` the expression, to aggregate. Only `count` does without: it then counts rows. */
  of: columnNameSchema.optional(),
  expr: z.string().optional(),
  distinct: z.boolean().default(false),
  /** For list, string_agg, first and last. */
  order: z.array(orderSchema).default([]),
  separator: z.string().default(','),
  /** Only these rows count. */
  where: z.string().optional(),
})
export type AggregateValue = z.infer<typeof aggregateValueSchema>

/** One row per group: the group's columns, then the values. Without `by`, one row, also for an empty input. */
export const aggregateConfig = z.strictObject({
  ...oneInput,
  by: z.array(z.union([columnNameSchema, z.strictObject({ to: columnNameSchema, expr: z.string() })])).default([]),
  values: z.array(aggregateValueSchema).default([]),
  /** A condition over the columns of the result. */
  having: z.string().optional(),
})
export type AggregateConfig = z.infer<typeof aggregateConfig>
