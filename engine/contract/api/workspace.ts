import { z } from 'zod'
import { procedure } from './procedure.ts'

export const problemSchema = z.object({
  /** Relative to the workspace, with `/`. */
  file: z.string(),
  line: z.int(),
  column: z.int(),
  /** Dotted path inside the document. */
  path: z.string(),
  message: z.string(),
})

const workspaceSummarySchema = z.object({
  directory: z.string(),
  name: z.string(),
  environment: z.string().optional(),
  environments: z.array(z.string()),
  connections: z.array(z.string()),
  pipelines: z.array(z.string()),
  jobs: z.array(z.string()),
  syncs: z.array(z.string()),
  problems: z.array(problemSchema),
})

export const workspaceProcedures = {
  /** Makes an empty workspace in a folder of the engine's machine. */
  create: procedure
    .input(z.object({ directory: z.string(), name: z.string().min(1).optional() }))
    .output(z.object({ directory: z.string() })),
  /** What the workspace holds. Connects to nothing. */
  open: procedure.output(workspaceSummarySchema),
  /** Every problem of every file: schemas, names that do not exist, pipelines that do not compile. Connects to nothing. */
  check: procedure.output(z.object({ files: z.int(), problems: z.array(problemSchema) })),
  files: procedure.output(z.array(z.object({ file: z.string(), sizeBytes: z.number() }))),
  /** JSON Schemas (draft 2020-12) by the file name `runnel schema` gives them. */
  schemas: procedure.output(z.record(z.string(), z.record(z.string(), z.unknown()))),
  setSecret: procedure
    .input(z.object({ name: z.string().regex(/^[A-Za-z0-9_][\w.-]*$/), value: z.string().min(1) }))
    .output(z.object({ keptIn: z.enum(['key-store', 'file']) })),
}
