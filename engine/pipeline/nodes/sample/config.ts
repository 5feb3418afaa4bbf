import { z } from 'zod'
import { columnNameSchema, oneInput } from '../../node-ports.ts'

/** A reproducible choice of rows: about `fraction` of them, or exactly `rows`. Another `seed`, another choice. */
export const sampleConfig = z
  .strictObject({
    ...oneInput,
    rows: z.int().min(0).optional(),
    fraction: z.number().min(0).max(1).optional(),
    seed: z.int().default(0),
    /** Rows with the same values here are chosen together. By default each row for itself. */
    by: z.array(columnNameSchema).default([]),
  })
  .refine(({ rows, fraction }) => (rows === undefined) !== (fraction === undefined), {
    error: 'give rows or fraction',
  })
export type SampleConfig = z.infer<typeof sampleConfig>
