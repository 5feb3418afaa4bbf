import { z } from 'zod'
import { procedure } from './procedure.ts'

export const exportKindSchema = z.enum(['bundle', 'sql'])
export type ExportKind = z.infer<typeof exportKindSchema>

export const deployProcedures = {
  /** Writes a job to a folder: a signed bundle, or the compiled SQL of its pipelines. */
  export: procedure
    .input(
      z.object({
        job: z.string(),
        to: exportKindSchema,
        /** Absolute; made when missing. Files of the same names are replaced. */
        directory: z.string(),
        environment: z.string().optional(),
      }),
    )
    .output(z.object({ directory: z.string(), files: z.array(z.string()) })),
}
