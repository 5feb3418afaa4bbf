import { z } from 'zod'
import { joinKeySchema } from '../../join-keys.ts'
import { nodeBase, outputRefSchema } from '../../node-ports.ts'

/** Rows of two inputs side by side. */
export const joinConfig = z.strictObject({
  ...nodeBase,
  left: outputRefSchema,
  right: outputRefSchema,
  how: z.enum(['inner', 'left', 'right', 'full', 'semi', 'anti', 'cross']).default('inner'),
  /** Columns that must be equal. Needed by all but `cross`. */
  on: z.array(joinKeySchema).default([]),
  /** Whether a NULL key meets a NULL key. SQL says no. */
  nullsEqual: z.boolean().default(false),
  /** Appended to columns that both sides have: left, right. */
  suffixes: z.tuple([z.string(), z.string()]).default(['', '_right']),
})
export type JoinConfig = z.infer<typeof joinConfig>
