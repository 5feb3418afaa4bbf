import { z } from 'zod'
import { columnSchema } from '../column.ts'
import { cellSchema } from '../page.ts'
import { pipelineFileSchema } from '../pipeline-file.ts'
import { rejectSchema } from '../reject.ts'
import { lineageSchema } from './lineage.ts'
import { targetPlanSchema } from './plan.ts'
import { procedure } from './procedure.ts'
import { problemSchema } from './workspace.ts'

const pipeline = z.string()
const environment = z.string().optional()
const parameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional()

export const previewSchema = z.object({
  /** `node` or `node.output`. */
  output: z.string(),
  columns: z.array(columnSchema),
  rows: z.array(z.array(cellSchema)),
  /** Text; absent where only reading everything would tell. */
  rowCount: z.string().optional(),
  /** `source`: the sources were read whole; `sample`: only their first rows, so aggregates and joins may miss some. */
  basis: z.enum(['source', 'sample', 'snapshot']),
  /** Of the oldest snapshot used. */
  snapshotTakenAt: z.string().optional(),
  /** Rows refused on the way to this output, in the part that was looked at. */
  rejects: z.array(rejectSchema),
  elapsedMs: z.number(),
  warnings: z.array(z.string()),
})
export type Preview = z.infer<typeof previewSchema>

export const pipelinesProcedures = {
  list: procedure.output(z.array(z.object({ name: z.string(), description: z.string().optional(), nodes: z.int() }))),
  /** The file as value and as text; `digest` goes back with `save` so that nobody's change is overwritten. */
  get: procedure
    .input(z.object({ pipeline }))
    .output(z.object({ document: pipelineFileSchema, text: z.string(), digest: z.string() })),
  save: procedure
    .input(
      z.object({
        pipeline,
        content: z.union([z.object({ document: pipelineFileSchema }), z.object({ text: z.string() })]),
        expectedDigest: z.string().optional(),
      }),
    )
    .output(z.object({ file: z.string(), digest: z.string() })),
  /** Problems of one pipeline: names, settings and expressions, as far as schemas are known. Connects to nothing. */
  check: procedure.input(z.object({ pipeline })).output(z.array(problemSchema)),
  /** The first rows of any node's output. */
  preview: procedure
    .input(
      z.object({
        pipeline,
        output: z.string(),
        limitRows: z.int().min(0).max(10_000).default(50),
        /** Work from snapshots only; otherwise they are used where a source cannot be reached, and the reply says so. */
        offline: z.boolean().default(false),
        parameters,
        environment,
      }),
    )
    .output(previewSchema),
  /** Where the columns of an output come from, through the whole graph. */
  lineage: procedure
    .input(z.object({ pipeline, output: z.string(), column: z.string().optional(), parameters, environment }))
    .output(z.array(lineageSchema)),
  /** What a run would do to its targets. Reads no row and changes nothing. */
  plan: procedure.input(z.object({ pipeline, parameters, environment })).output(z.array(targetPlanSchema)),
}
