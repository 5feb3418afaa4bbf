import { z } from 'zod'
import { codeListFileSchema } from '../code-list-file.ts'
import { datasetRefSchema } from '../dataset.ts'
import { deviationSchema } from '../deviation.ts'
import { pipelineFileSchema } from '../pipeline-file.ts'
import { standardFileSchema } from '../standard-file.ts'
import { draftSchema } from './authoring.ts'
import { procedure } from './procedure.ts'

const asked = { environment: z.string().optional(), offline: z.boolean().default(false) }
const fileOfStandards = { kind: z.enum(['standard', 'codes']), name: z.string() }

/** Standards and code lists: their files, and how the workspace keeps to them. */
export const standardsProcedures = {
  /** Both in name order; a file that cannot be read has no document. */
  list: procedure.output(
    z.object({
      standards: z.array(z.object({ name: z.string(), document: standardFileSchema.optional() })),
      codes: z.array(
        z.object({
          name: z.string(),
          /** Codes that a value may be today; absent when the file cannot be read. */
          count: z.int().optional(),
          source: z.string().optional(),
          edition: z.string().optional(),
          /** Systems whose codes it maps. */
          mappings: z.array(z.string()).optional(),
        }),
      ),
    }),
  ),
  /** `digest` goes back with `save` so that nobody's change is overwritten. */
  get: procedure.input(z.object(fileOfStandards)).output(z.object({ text: z.string(), digest: z.string() })),
  /** Without `expectedDigest` the file must be new. */
  save: procedure
    .input(z.object({ ...fileOfStandards, text: z.string().max(4_000_000), expectedDigest: z.string().optional() }))
    .output(z.object({ file: z.string(), digest: z.string() })),
  remove: procedure.input(z.object(fileOfStandards)).output(z.object({ removed: z.boolean() })),
  /**
   * Where columns depart from the standards: those of a dataset (`connection:name`) by its first 100,000 rows, or those that a
   * pipeline names and writes; of all pipelines without `of`. `draft` checks by one standard as an editor has it.
   */
  check: procedure
    .input(
      z.object({
        of: z.string().optional(),
        ...asked,
        draft: z.object({ name: z.string(), text: z.string().max(4_000_000) }).optional(),
        /** In place of the saved file of the pipeline `of`. */
        pipelineDraft: draftSchema.optional(),
      }),
    )
    .output(z.array(deviationSchema)),
  /**
   * Mends in the file of a pipeline what can be mended safely: names and casts in map nodes that only targets read, where the
   * target is not there yet or has such a column already; codes that a list maps otherwise. A draft is given back mended, and
   * nothing is written.
   */
  fix: procedure.input(z.object({ pipeline: z.string(), ...asked, draft: draftSchema.optional() })).output(
    z.object({
      fixed: z.array(deviationSchema),
      left: z.array(deviationSchema),
      document: pipelineFileSchema.optional(),
    }),
  ),
  /** What a system writes for the codes of a list, as the list maps it. */
  mapping: procedure
    .input(z.object({ list: z.string(), mapping: z.string() }))
    .output(z.object({ codes: z.record(z.string(), z.string()) })),
  /**
   * Writes a code list from the rows of a dataset: new, or a new edition of the one there is. Columns that are not named are found
   * by what they are called. Codes that the rows no longer have stay in the file, marked as ended.
   */
  importCodes: procedure
    .input(
      z.object({
        dataset: datasetRefSchema,
        list: z.string(),
        code: z.string().optional(),
        zh: z.string().optional(),
        en: z.string().optional(),
        edition: z.string().optional(),
        environment: z.string().optional(),
        offline: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        file: z.string(),
        document: codeListFileSchema,
        added: z.int(),
        ended: z.int(),
        columns: z.object({ code: z.string(), zh: z.string().optional(), en: z.string().optional() }),
      }),
    ),
}
