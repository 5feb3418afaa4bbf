import { z } from 'zod'

/** `connections/<name>.yaml` of delimited text files. */
export const textConfigSchema = z.strictObject({
  /** Everything that is read or written lies below it; relative to the workspace. */
  folder: z.string().min(1),
})
export type TextConfig = z.infer<typeof textConfigSchema>
