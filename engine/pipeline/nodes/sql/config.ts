import { z } from 'zod'
import { nodeBase, outputRefSchema } from '../../node-ports.ts'

/** A full SELECT. `inputs` lists the outputs it reads, under their own names (`"checked.rejects"`) or under names of its own. */
export const sqlConfig = z.strictObject({
  ...nodeBase,
  inputs: z.union([z.array(outputRefSchema), z.record(z.string().min(1), outputRefSchema)]).default([]),
  sql: z.string(),
})
export type SqlConfig = z.infer<typeof sqlConfig>
