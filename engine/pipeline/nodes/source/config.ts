import { z } from 'zod'
import { datasetRefSchema } from '../../../contract/dataset.ts'
import { columnNameSchema, nodeBase } from '../../node-ports.ts'

/** Rows of a dataset. `options` go to the connector; `columns` reads only these, in this order. */
export const sourceConfig = z.strictObject({
  ...nodeBase,
  dataset: datasetRefSchema,
  options: z.unknown().optional(),
  columns: z.array(columnNameSchema).min(1).optional(),
})
export type SourceConfig = z.infer<typeof sourceConfig>
