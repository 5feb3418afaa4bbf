import { z } from 'zod'

/** What happens to values between a system's type and DuckDB's: none changes, all fit a wider type, or some are lost. */
export const fidelitySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exact') }),
  z.object({ kind: z.literal('widening'), reason: z.string() }),
  z.object({ kind: z.literal('lossy'), reason: z.string() }),
])
export type Fidelity = z.infer<typeof fidelitySchema>

export const columnSchema = z.object({
  name: z.string(),
  /** DuckDB's type, as DESCRIBE prints it. */
  type: z.string(),
  /** The type in the system itself, as that system prints it. Absent for computed columns. */
  sourceType: z.string().optional(),
  nullable: z.boolean().optional(),
  comment: z.string().optional(),
  fidelity: fidelitySchema.optional(),
  /** Carried for Runnel's own use (the source locator) and never written to a target nor shown. */
  hidden: z.boolean().optional(),
})
export type Column = z.infer<typeof columnSchema>

/** Hidden VARCHAR column that says where a row came from: `orders.csv:17`, or its key as JSON. */
export const LOCATOR_COLUMN = '_runnel_locator'
