import { z } from 'zod'

export const sqliteConfigSchema = z.strictObject({
  /** The database file; a relative one is taken from the workspace. A writer makes it when it is not there. */
  file: z.string().min(1),
})
export type SqliteConfig = z.infer<typeof sqliteConfigSchema>

export const sqliteOptionsSchema = z.strictObject({})
