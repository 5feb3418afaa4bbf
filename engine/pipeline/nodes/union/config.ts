import { z } from 'zod'
import { nodeBase, outputRefSchema } from '../../node-ports.ts'

/** Rows of all inputs, one after another. By name, a column that an input lacks is NULL there. */
export const unionConfig = z.strictObject({
  ...nodeBase,
  inputs: z.array(outputRefSchema).min(2),
  by: z.enum(['name', 'position']).default('name'),
  distinct: z.boolean().default(false),
})
export type UnionConfig = z.infer<typeof unionConfig>
