import { z } from 'zod'
import { nodeNameSchema } from '../../../contract/pipeline-file.ts'
import { oneInput } from '../../node-ports.ts'

/** Rows to named outputs by conditions: to the first that holds, or to all that hold. */
export const splitConfig = z.strictObject({
  ...oneInput,
  mode: z.enum(['first', 'all']).default('first'),
  cases: z.array(z.strictObject({ to: nodeNameSchema, where: z.string() })).min(1),
  /** The output of the rows for which no condition holds. */
  else: nodeNameSchema.default('else'),
})
export type SplitConfig = z.infer<typeof splitConfig>
