import { z } from 'zod'
import { biographySchema } from '../biography.ts'
import { columnSchema } from '../column.ts'
import { layoutFileSchema } from '../layout-file.ts'
import { nodeCatalogueEntrySchema } from '../node-catalogue.ts'
import { cellSchema } from '../page.ts'
import { pipelineFileSchema } from '../pipeline-file.ts'
import { preflightSchema } from '../preflight.ts'
import { rejectSchema } from '../reject.ts'
import {
  completionSchema,
  draftSchema,
  evaluationSchema,
  pipelineStateSchema,
  suggestionSchema,
  textCompletionSchema,
  textHoverSchema,
  textProblemSchema,
} from './authoring.ts'
import { lineageSchema } from './lineage.ts'
import { targetPlanSchema } from './plan.ts'
import { procedure } from './procedure.ts'
import { problemSchema } from './workspace.ts'

const pipeline = z.string()
const environment = z.string().optional()
const parameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional()
/** In place of the saved file. */
const draft = draftSchema.optional()
/** Work from snapshots only; otherwise they are used where a source cannot be reached, and the reply says so. */
const offline = z.boolean().default(false)
/** What every question about the pipeline of an editor carries. */
const asked = { pipeline, draft, parameters, environment, offline }
/** An expression of a node; `input` says which of the node's inputs it is over. */
const written = { ...asked, node: z.string(), expression: z.string().max(100_000), input: z.int().min(0).default(0) }
/** A row of an output: its place in the preview from 0, or values of its columns. */
const row = z.union([
  z.strictObject({ index: z.int().min(0).max(1_000_000) }),
  z.strictObject({ key: z.record(z.string(), cellSchema) }),
])

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
  /**
   * When the files of source nodes were changed last, of those that lie in one file that can be looked at; ISO 8601. A file that the
   * pipeline itself loads into is not told: its own run is what changes it.
   */
  sourceFiles: procedure
    .input(z.object({ pipeline, environment }))
    .output(z.array(z.object({ node: z.string(), changedAt: z.string() }))),
  /** Problems of one pipeline: names, settings and expressions, as far as schemas are known. Connects to nothing. */
  check: procedure.input(z.object({ pipeline, draft })).output(z.array(problemSchema)),
  /** The first rows of any node's output. */
  preview: procedure
    .input(z.object({ ...asked, output: z.string(), limitRows: z.int().min(0).max(10_000).default(50) }))
    .output(previewSchema),
  /** Where the columns of an output come from, through the whole graph. */
  lineage: procedure
    .input(z.object({ pipeline, draft, output: z.string(), column: z.string().optional(), parameters, environment }))
    .output(z.array(lineageSchema)),
  /** What a run would do to its targets. Reads no row and changes nothing. */
  plan: procedure.input(z.object({ pipeline, draft, parameters, environment })).output(z.array(targetPlanSchema)),
  /** Looks at the values that a run would load, with the targets' types in hand. Writes nothing. */
  preflight: procedure.input(z.object({ ...asked, limitRows: z.int().min(1).optional() })).output(preflightSchema),
  /** Every kind of node, in the palette's order. */
  kinds: procedure.output(z.array(nodeCatalogueEntrySchema)),
  /** Reads text as an editor has it. `document` is absent while there are errors of the file's form; nodes may still be wrong. */
  parse: procedure
    .input(z.object({ text: z.string().max(4_000_000) }))
    .output(z.object({ document: pipelineFileSchema.optional(), problems: z.array(textProblemSchema) })),
  /** The document as text; comments, key order and style of `text` stay where nothing changed. */
  print: procedure
    .input(z.object({ document: pipelineFileSchema, text: z.string().max(4_000_000).optional() }))
    .output(z.object({ text: z.string() })),
  /** What is known about every node of a pipeline being edited. A wrong node never fails the call. */
  state: procedure.input(z.object(asked)).output(pipelineStateSchema),
  /** A new file; empty without a document. */
  create: procedure
    .input(z.object({ pipeline, document: pipelineFileSchema.optional() }))
    .output(z.object({ file: z.string(), digest: z.string() })),
  /** With its layout, tests and drafts. */
  remove: procedure.input(z.object({ pipeline })).output(z.object({ removed: z.array(z.string()) })),
  /** With its layout and tests. Jobs that run it are listed, not changed. */
  rename: procedure
    .input(z.object({ pipeline, to: z.string() }))
    .output(z.object({ renamed: z.array(z.string()), usedBy: z.array(z.string()) })),
  /** An empty one where none was saved. */
  layout: procedure.input(z.object({ pipeline })).output(layoutFileSchema),
  saveLayout: procedure.input(z.object({ pipeline, layout: layoutFileSchema })).output(z.object({ file: z.string() })),
  /**
   * Which input column each wanted column may be, best first for every `to`. What is wanted: `wanted` when given, else the
   * fields of the node, else the columns of the target that the node feeds.
   */
  suggest: procedure
    .input(z.object({ ...asked, node: z.string(), wanted: z.array(z.string()).optional() }))
    .output(z.array(suggestionSchema)),
  /** Type and value of an expression while it is typed. */
  evaluate: procedure
    .input(z.object({ ...written, row: row.optional(), limitRows: z.int().min(1).max(100).default(5) }))
    .output(evaluationSchema),
  /** What may be typed at an offset (UTF-16 units) of an expression, best first. */
  complete: procedure.input(z.object({ ...written, offset: z.int().min(0) })).output(z.array(completionSchema)),
  /** What may be typed at an offset (UTF-16 units) of a pipeline's text, best first; the text need be no pipeline. */
  completeText: procedure
    .input(z.object({ pipeline, text: z.string().max(4_000_000), offset: z.int().min(0), environment, offline }))
    .output(z.array(textCompletionSchema)),
  /** What the word at an offset of a pipeline's text is for; absent where nothing is known of it. */
  hoverText: procedure
    .input(z.object({ text: z.string().max(4_000_000), offset: z.int().min(0) }))
    .output(z.object({ hover: textHoverSchema.optional() })),
  /** What happened to one row on its way to an output: every node it passed, from its sources on. */
  biography: procedure.input(z.object({ ...asked, output: z.string(), row })).output(biographySchema),
  /** Where a row went that is not in an output. `key` names columns of a source, or of the output. */
  whyNot: procedure
    .input(z.object({ ...asked, output: z.string(), key: z.record(z.string(), cellSchema) }))
    .output(biographySchema),
}
