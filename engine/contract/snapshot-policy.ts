import { z } from 'zod'

/** The policy that masked a snapshot, and what it did to which column. */
export const policyRefSchema = z.object({
  name: z.string(),
  /** SHA-256 of the policy as it was: tells apart what has the same name. */
  sha256: z.string(),
  columns: z.array(z.object({ column: z.string(), method: z.string() })),
})
export type PolicyRef = z.infer<typeof policyRefSchema>
