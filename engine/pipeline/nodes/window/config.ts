import { z } from 'zod'
import { columnNameSchema, oneInput } from '../../node-ports.ts'
import { orderSchema } from '../../order.ts'
import { scalarSchema } from '../../scalar.ts'

/** A bound of a frame: the partition's end, this row, or rows before (negative) or after it. */
const boundSchema = z.union([z.literal('unbounded'), z.literal('current'), z.int()])

export const windowColumnSchema = z.strictObject({
  to: columnNameSchema,
  fn: z.enum([
    'row_number',
    'rank',
    'dense_rank',
    'percent_rank',
    'cume_dist',
    'ntile',
    'lag',
    'lead',
    'first_value',
    'last_value',
    'nth_value',
    'sum',
    'avg',
    'min',
    'max',
    'count',
  ]),
  of: columnNameSchema.optional(),
  expr: z.string().optional(),
  /** ntile: how many; nth_value: which; lag and lead: how far. */
  n: z.int().min(1).optional(),
  /** lag and lead: taken where there is no such row. */
  default: scalarSchema.optional(),
  partition: z.array(columnNameSchema).default([]),
  order: z.array(orderSchema).default([]),
  frame: z
    .strictObject({
      unit: z.enum(['rows', 'range', 'groups']).default('rows'),
      start: boundSchema.default('unbounded'),
      end: boundSchema.default('current'),
    })
    .optional(),
})
export type WindowColumn = z.infer<typeof windowColumnSchema>

/** Adds columns that look at neighbouring rows. */
export const windowConfig = z.strictObject({ ...oneInput, columns: z.array(windowColumnSchema).min(1) })
export type WindowConfig = z.infer<typeof windowConfig>
