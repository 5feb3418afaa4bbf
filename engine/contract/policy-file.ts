import { z } from 'zod'
import { maskSchema } from './mask.ts'

const namePatternSchema = z.string().min(1).max(256)

/** Which columns a mask is for. */
const policyRuleSchema = z.strictObject({
  /** Name of the column, without regard to case; `*` stands for any characters. */
  column: namePatternSchema,
  /** Only of these datasets, `connection:name`, likewise with `*`; of all when absent. */
  dataset: namePatternSchema.optional(),
  mask: maskSchema,
})

/** `policies/<name>.yaml`: how personal data is masked when it leaves its system. Of several rules for a column the first counts. */
export const policyFileSchema = z.strictObject({
  version: z.literal(1),
  description: z.string().optional(),
  columns: z.array(policyRuleSchema),
  /** What becomes of columns that no rule names. */
  others: z.enum(['keep', 'null']).default('keep'),
})
export type PolicyFile = z.infer<typeof policyFileSchema>
