import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { datasetRefSchema, datasetSchemaSchema, datasetSummarySchema } from '../dataset.ts'
import { diagnosisStageSchema } from '../diagnosis.ts'
import { procedure } from './procedure.ts'

/** Settings of another environment than the workspace's default. */
const environment = z.string().optional()

export const connectionsProcedures = {
  list: procedure.output(z.array(z.object({ name: z.string(), kind: z.string(), description: z.string().optional() }))),
  /** The staged self-test; every stage once, as it ends. A failing system is a stage, not an error. */
  diagnose: procedure
    .input(z.object({ connection: z.string(), environment }))
    .output(eventIterator(diagnosisStageSchema)),
  datasets: procedure
    .input(z.object({ connection: z.string(), search: z.string().optional(), environment }))
    .output(z.array(datasetSummarySchema)),
  describe: procedure
    .input(z.object({ dataset: datasetRefSchema, options: z.record(z.string(), z.json()).optional(), environment }))
    .output(datasetSchemaSchema),
}
