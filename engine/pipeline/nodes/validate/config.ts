import { z } from 'zod'
import { rowRuleSchema } from '../../../contract/rule.ts'
import { oneInput } from '../../node-ports.ts'

export const validateConfig = z.strictObject({ ...oneInput, rules: z.array(rowRuleSchema).min(1) })
export type ValidateConfig = z.infer<typeof validateConfig>
