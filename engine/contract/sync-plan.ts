import { z } from 'zod'
import { columnSchema, fidelitySchema } from './column.ts'
import { failureDataSchema } from './failure.ts'

/** What a source and a target can do for a sync. */
export const syncCapabilitySchema = z.object({
  kind: z.string(),
  /** Tells its changes, so that tables can follow it. */
  changes: z.boolean(),
  /** Takes changes row by row. */
  applies: z.boolean(),
  /** How often a change may come to this target when something is killed. */
  promise: z.enum(['exactly_once', 'at_least_once']),
})
export type SyncCapability = z.infer<typeof syncCapabilitySchema>

export const plannedNameSchema = z.object({
  dataset: z.string(),
  target: z.string(),
  rowEstimate: z.string().optional(),
})
export type PlannedName = z.infer<typeof plannedNameSchema>

/** What a sync would do for one table. */
export const plannedTableSchema = plannedNameSchema.extend({
  /** Whether the target has it already. */
  exists: z.boolean(),
  columns: z.array(columnSchema),
  /** Empty where the source has no key. */
  keys: z.array(z.string()),
  mappings: z.array(z.object({ column: z.string(), from: z.string(), to: z.string(), fidelity: fidelitySchema })),
  /** Statements that would be run in the target. */
  statements: z.array(z.string()),
  warnings: z.array(z.string()),
  /** Why it cannot be synced. */
  failure: failureDataSchema.optional(),
})
export type PlannedTable = z.infer<typeof plannedTableSchema>

/** First the names, then the tables in their order as they are looked at. */
export const planEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('names'),
    source: syncCapabilitySchema,
    target: syncCapabilitySchema,
    names: z.array(plannedNameSchema),
  }),
  z.object({ kind: z.literal('table'), table: plannedTableSchema }),
])
export type PlanEvent = z.infer<typeof planEventSchema>
