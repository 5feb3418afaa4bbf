import { z } from 'zod'

/** What a target would do to a value that its type cannot hold. */
export const LOSS_KINDS = [
  'overflow',
  'too_long',
  'too_many_bytes',
  'precision',
  'time_zone',
  'date_range',
  'encoding',
  'nul_character',
  'not_a_number',
  'equal_keys',
] as const
export type LossKind = (typeof LOSS_KINDS)[number]

/** What helps. `node` is a step for the pipeline, before the target: its type and settings without input. */
const fixSchema = z.discriminatedUnion('kind', [
  /** The target's column gets this type, in its own words: by `statement`, or without one by a load with `ddl: alter`. */
  z.object({ kind: z.literal('widen'), type: z.string(), statement: z.string().optional() }),
  z.object({ kind: z.enum(['reject', 'trim', 'map']), node: z.string(), config: z.record(z.string(), z.json()) }),
])
export type PreflightFix = z.infer<typeof fixSchema>

export const preflightFindingSchema = z.object({
  /** Of the target node. */
  node: z.string(),
  dataset: z.string(),
  column: z.string(),
  kind: z.enum(LOSS_KINDS),
  /** `fails`: the load would be refused; `changes`: the value would be another, without a word. */
  effect: z.enum(['fails', 'changes']),
  /** DuckDB's type, and the target's. */
  from: z.string(),
  to: z.string(),
  /** Rows, as text. */
  count: z.string(),
  /** At most three of the values. */
  examples: z.array(z.string()),
  /** The best one first. */
  fixes: z.array(fixSchema),
})
export type PreflightFinding = z.infer<typeof preflightFindingSchema>

/** What a load would lose, found in the values themselves. */
export const preflightSchema = z.object({
  pipeline: z.string(),
  basis: z.enum(['source', 'snapshot', 'sample']),
  targets: z.array(z.object({ node: z.string(), dataset: z.string(), exists: z.boolean(), rows: z.string() })),
  /** Those that would fail first, then by number of rows. */
  findings: z.array(preflightFindingSchema),
  warnings: z.array(z.string()),
})
export type Preflight = z.infer<typeof preflightSchema>
