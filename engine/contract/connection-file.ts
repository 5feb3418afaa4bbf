import { z } from 'zod'

/** A setting as written: text may hold `${secret:name}` and `${env:NAME}`. */
const settingSchema = z.json()

/** `connections/<name>.yaml`. The connector's own schema parses `settings` after substitution. */
export const connectionFileSchema = z.strictObject({
  version: z.literal(1),
  kind: z.string(),
  description: z.string().optional(),
  settings: z.record(z.string(), settingSchema),
})
export type ConnectionFile = z.infer<typeof connectionFileSchema>

/** `environments/<name>.yaml`: settings that replace those of the connections with the same name. */
export const environmentFileSchema = z.strictObject({
  version: z.literal(1),
  description: z.string().optional(),
  connections: z.record(z.string(), z.record(z.string(), settingSchema)).optional(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
})
export type EnvironmentFile = z.infer<typeof environmentFileSchema>

/** `runnel.yaml`. */
export const workspaceFileSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1),
  environment: z.string().optional(),
})
export type WorkspaceFile = z.infer<typeof workspaceFileSchema>
