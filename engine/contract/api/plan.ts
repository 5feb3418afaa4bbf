import { z } from 'zod'
import { fidelitySchema } from '../column.ts'

/** What a run would do to the structure of one target. */
export const targetPlanSchema = z.object({
  node: z.string(),
  dataset: z.string(),
  exists: z.boolean(),
  /** DDL in the target's dialect; may be edited and given back to `runs.start`. Empty when the target fits. */
  statements: z.array(z.string()),
  mappings: z.array(z.object({ column: z.string(), from: z.string(), to: z.string(), fidelity: fidelitySchema })),
  warnings: z.array(z.string()),
})
export type TargetPlan = z.infer<typeof targetPlanSchema>
