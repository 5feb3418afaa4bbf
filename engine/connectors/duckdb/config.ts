import { z } from 'zod'

export const duckdbConfigSchema = z.strictObject({
  /** The database file; a relative one is taken from the workspace. A writer makes it when it is not there. */
  file: z.string().min(1),
})
export type DuckdbConfig = z.infer<typeof duckdbConfigSchema>

export const duckdbOptionsSchema = z.strictObject({})
