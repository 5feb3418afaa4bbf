import { z } from 'zod'

export const lineageSchema = z.object({
  column: z.string(),
  /** Sorted by source node, column and kind. */
  sources: z.array(
    z.object({
      node: z.string(),
      dataset: z.string().optional(),
      column: z.string(),
      /** `direct`: the same value; `expression`: computed from it; the others only decide which rows there are. */
      kind: z.enum(['direct', 'expression', 'filter', 'join_key', 'group_key', 'order']),
      /** Outputs with their column from the source to the asked one. */
      path: z.array(z.string()),
    }),
  ),
  /** An sql node is on the way: some of the columns may be too many. */
  isApproximate: z.boolean(),
})
export type ColumnLineage = z.infer<typeof lineageSchema>
