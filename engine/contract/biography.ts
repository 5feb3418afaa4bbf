import { z } from 'zod'
import { cellSchema } from './page.ts'

/** Some rows of one output that the traced row came from or went to. */
export const tracedRowsSchema = z.object({
  /** `node` or `node.output`. */
  output: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(cellSchema)),
  /** Of each row, where its source has it: `orders.csv:17`, or its key as JSON. */
  locators: z.array(z.string().nullable()),
  /** All that belong to it; `rows` may be only the first of them. */
  rowCount: z.string(),
})
export type TracedRows = z.infer<typeof tracedRowsSchema>

/** What a node did with the row. */
export const outcomeSchema = z.enum([
  'read',
  'not_found',
  'passed',
  'changed',
  'filtered',
  'rejected',
  'warned',
  'lost_join',
  'joined',
  'aggregated',
  'duplicate',
  'kept',
  'routed',
  'expanded',
  'cut',
  'compared',
  'written',
  'untraceable',
])
export type Outcome = z.infer<typeof outcomeSchema>

/** Why, as facts from which a page makes a sentence in its language. */
export const traceReasonSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('condition'),
    condition: z.string(),
    /** The condition's value for the row: false or NULL where it lost the row. */
    value: cellSchema,
    operands: z.array(z.object({ expression: z.string(), value: cellSchema })),
  }),
  z.object({
    kind: z.literal('rule'),
    rule: z.string(),
    column: z.string().nullable(),
    value: z.string().nullable(),
    message: z.string(),
  }),
  z.object({
    kind: z.literal('partner'),
    /** The field of the input without a partner, or with too many: `left`, `right`, `from`. */
    side: z.string(),
    keys: z.array(z.object({ column: z.string(), value: cellSchema })),
    partners: z.string(),
  }),
  z.object({
    kind: z.literal('group'),
    keys: z.array(z.object({ column: z.string(), value: cellSchema })),
    contributors: z.string(),
  }),
  z.object({
    kind: z.literal('winner'),
    keys: z.array(z.object({ column: z.string(), value: cellSchema })),
    winner: z.record(z.string(), cellSchema),
  }),
  z.object({ kind: z.literal('cut'), rows: z.string().optional() }),
  /** The step cannot be followed: free SQL, or a value that is drawn anew each time. */
  z.object({ kind: z.literal('untraceable'), because: z.enum(['sql', 'volatile', 'too_many_rows']) }),
])
export type TraceReason = z.infer<typeof traceReasonSchema>

export const traceStepSchema = z.object({
  node: z.string(),
  type: z.string(),
  /** The output the row left by; of a row that was lost, the one it was refused into, or none. */
  output: z.string().optional(),
  outcome: outcomeSchema,
  before: z.array(tracedRowsSchema),
  after: tracedRowsSchema.optional(),
  /** Columns whose value differs between `before` and `after`, or that are new. */
  changed: z.array(z.string()),
  reason: traceReasonSchema.optional(),
  locator: z.string().optional(),
})
export type TraceStep = z.infer<typeof traceStepSchema>

export const biographySchema = z.object({
  output: z.string(),
  /** From the sources to the output; of a lost row up to where it was lost. */
  steps: z.array(traceStepSchema),
  /** As of a preview: what the trace looked at. */
  basis: z.enum(['source', 'sample', 'snapshot']),
  snapshotTakenAt: z.string().optional(),
  warnings: z.array(z.string()),
})
export type Biography = z.infer<typeof biographySchema>
