import { z } from 'zod'

/** A row that was refused. The quarantine table has these columns, all VARCHAR, in this order. */
export const rejectSchema = z.object({
  /** The rule that refused it: a rule of a validate node, `csv.columns`, `type.INTEGER`, … */
  rule: z.string(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string(),
  /** Where the row stands: `orders.csv:17`, or its key as JSON. */
  locator: z.string().nullable(),
  /** The row itself: JSON of its columns, or the raw bytes in hex when it could not be split. */
  raw: z.string().nullable(),
})
export type Reject = z.infer<typeof rejectSchema>

export const REJECT_COLUMNS = [
  'rule',
  'column',
  'value',
  'reason',
  'locator',
  'raw',
] as const satisfies readonly (keyof Reject)[]

/** A reject that a run kept. */
export const keptRejectSchema = rejectSchema.extend({ node: z.string().optional() })
export type KeptReject = z.infer<typeof keptRejectSchema>

/** Only rejects for which all of this is so. */
export const rejectFilterSchema = z.object({
  node: z.string().optional(),
  rule: z.string().optional(),
  /** Null: rejects that concern no column. */
  column: z.string().nullable().optional(),
  /** In value, reason, locator or row, in any case. */
  search: z.string().max(1_000).optional(),
})
export type RejectFilter = z.infer<typeof rejectFilterSchema>

export const rejectGroupSchema = z.object({
  node: z.string(),
  rule: z.string(),
  column: z.string().nullable(),
  /** Of one of them. */
  reason: z.string(),
  count: z.string(),
})
export type RejectGroup = z.infer<typeof rejectGroupSchema>

export const REJECT_EXPORT_FORMATS = ['csv', 'json', 'ndjson'] as const
