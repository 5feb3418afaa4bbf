import { z } from 'zod'

export const nodeNameSchema = z
  .string()
  .regex(/^[A-Za-z_\p{L}][\w\p{L}-]*$/u, 'a node name is letters, digits, _ and -')

const parameterSchema = z.strictObject({
  type: z.string(),
  default: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  description: z.string().optional(),
})

/** A node as the file has it. The node type's own schema (pipeline/nodes/<kind>/config.ts) parses the rest. */
const nodeSchema = z.looseObject({ type: z.string() })

/** `pipelines/<name>.yaml`. */
export const pipelineFileSchema = z.strictObject({
  version: z.literal(1),
  description: z.string().optional(),
  parameters: z.record(z.string(), parameterSchema).optional(),
  nodes: z.record(nodeNameSchema, nodeSchema),
})
export type PipelineFile = z.infer<typeof pipelineFileSchema>
export type ParameterValues = Readonly<Record<string, string | number | boolean | null>>
