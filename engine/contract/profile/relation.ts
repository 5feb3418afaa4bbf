import { z } from 'zod'

const count = z.number().min(0)
const columnOfSchema = z.object({ dataset: z.string(), column: z.string() })

/** Two columns of different datasets that hold the same things. */
export const relationSchema = z.object({
  /**
   * `foreign_key`: nearly all values of `from` are found in `to`, which has each value once. `same_meaning`: they share most of their
   * values, but neither is a key of the other.
   */
  kind: z.enum(['foreign_key', 'same_meaning']),
  from: columnOfSchema,
  to: columnOfSchema,
  /** Different values of `from`, and how many of them `to` has. */
  values: count,
  found: count,
  /** Shared values among all that either has (Jaccard), from 0 to 1. */
  overlap: z.number(),
  /** Rows of `from` whose value `to` does not have; NULL is no orphan. */
  orphanRows: count,
  orphans: z.array(z.string()),
})
export type Relation = z.infer<typeof relationSchema>
