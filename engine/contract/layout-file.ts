import { z } from 'zod'

const point = { x: z.number(), y: z.number() }

/** `pipelines/<name>.layout.json`: where things stand on the canvas. A run never reads it. */
export const layoutFileSchema = z.strictObject({
  version: z.literal(1),
  /** By node name. A node that is not listed is placed by the canvas. */
  nodes: z.record(z.string(), z.strictObject(point)).default({}),
  notes: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        ...point,
        width: z.number().positive(),
        height: z.number().positive(),
        text: z.string(),
        color: z.string().optional(),
      }),
    )
    .default([]),
  groups: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        title: z.string(),
        nodes: z.array(z.string()),
        isCollapsed: z.boolean().default(false),
        color: z.string().optional(),
      }),
    )
    .default([]),
})
export type LayoutFile = z.infer<typeof layoutFileSchema>
