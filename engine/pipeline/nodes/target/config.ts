import { z } from 'zod'
import { datasetRefSchema } from '../../../contract/dataset.ts'
import { ddlPolicySchema, verifyLevelSchema, writeModeSchema } from '../../../contract/write-mode.ts'
import { columnNameSchema, oneInput } from '../../node-ports.ts'

/** Where rows go. `options` go to the connector. */
export const targetConfig = z.strictObject({
  ...oneInput,
  dataset: datasetRefSchema,
  mode: writeModeSchema.default('append'),
  /** Columns that identify a row; needed by the keyed modes. */
  keys: z.array(columnNameSchema).default([]),
  ddl: ddlPolicySchema.default('create'),
  verify: verifyLevelSchema.default('checksum'),
  options: z.unknown().optional(),
})
export type TargetConfig = z.infer<typeof targetConfig>
