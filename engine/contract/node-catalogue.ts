import { z } from 'zod'
import { localizedSchema } from './localized.ts'
import { settingsFormSchema } from './settings-form.ts'

/** One kind of node as the palette, the canvas and the inspector need it. */
export const nodeCatalogueEntrySchema = z.object({
  kind: z.string(),
  group: z.enum(['source', 'rows', 'columns', 'combine', 'summary', 'nested', 'quality', 'target']),
  title: localizedSchema,
  description: localizedSchema,
  /** In the order of the ports on a node. */
  inputs: z.array(
    z.object({
      /** The field of the config that names the output to read. */
      field: z.string(),
      title: localizedSchema,
      /** `one`: a text; `list`: several, `[a, b]`; `named`: a list, or names of their own, `{ x: a }`. */
      takes: z.enum(['one', 'list', 'named']),
      least: z.int(),
      /** Absent: as many as wanted. */
      most: z.int().optional(),
    }),
  ),
  /** Outputs that its configs may have; those of one node are in `pipelines.state`. */
  outputs: z.array(z.object({ output: z.string(), title: localizedSchema, isReject: z.boolean() })),
  /** The config without `type`, inputs included. Every property has `titles` and `descriptions`, also inside lists and variants. */
  schema: settingsFormSchema,
  /** What a new node begins with; its inputs are left to the canvas. */
  initial: z.record(z.string(), z.json()),
})
export type NodeCatalogueEntry = z.infer<typeof nodeCatalogueEntrySchema>
