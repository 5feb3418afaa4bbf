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
