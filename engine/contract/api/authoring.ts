import { z } from 'zod'
import { columnSchema } from '../column.ts'
import { cellSchema } from '../page.ts'

/** What an editor has and the disk does not. Broken documents are welcome: their problems are answers. */
export const draftSchema = z.union([
  z.strictObject({ document: z.record(z.string(), z.unknown()) }),
  z.strictObject({ text: z.string().max(4_000_000) }),
])
export type PipelineDraft = z.infer<typeof draftSchema>

const severity = z.enum(['error', 'warning'])

/** Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export const textProblemSchema = z.object({
  line: z.int(),
  column: z.int(),
  endLine: z.int(),
  endColumn: z.int(),
  path: z.string(),
  message: z.string(),
  severity,
  /** The node it belongs to. */
  node: z.string().optional(),
})
export type TextProblem = z.infer<typeof textProblemSchema>

const nodeProblemSchema = z.object({
  severity,
  message: z.string(),
  /** What to do about it. */
  nextStep: z.string().optional(),
  /** Dotted path in the node's config. */
  field: z.string().optional(),
  code: z.string().optional(),
  suggestion: z.string().optional(),
})
export type NodeStateProblem = z.infer<typeof nodeProblemSchema>

export const nodeStateSchema = z.object({
  node: z.string(),
  type: z.string().optional(),
  state: z.enum(['ok', 'warning', 'error', 'unknown']),
  /** `columns` is absent where they are not known: the source was never seen, or something before is wrong. */
  outputs: z.array(z.object({ output: z.string(), isReject: z.boolean(), columns: z.array(columnSchema).optional() })),
  /** The outputs it reads, by field (`input`, `inputs.0`). */
  inputs: z.array(z.object({ field: z.string(), output: z.string() })),
  problems: z.array(nodeProblemSchema),
})
export type NodeState = z.infer<typeof nodeStateSchema>

export const pipelineStateSchema = z.object({
  /** In the file's order. */
  nodes: z.array(nodeStateSchema),
  /** Problems of the document that belong to no node. */
  problems: z.array(nodeProblemSchema),
})
export type PipelineState = z.infer<typeof pipelineStateSchema>

export const suggestionSchema = z.object({
  to: z.string(),
  from: z.string(),
  /** 0..1, 1 certain. */
  confidence: z.number(),
  reasons: z.array(
    z.enum([
      'same_name',
      'same_words',
      'same_term',
      'pinyin',
      'abbreviation',
      'similar_name',
      'same_type',
      'castable',
      'same_values',
    ]),
  ),
})
export type MappingSuggestion = z.infer<typeof suggestionSchema>

export const evaluationSchema = z.object({
  /** DuckDB's type. Absent when the expression is wrong. */
  type: z.string().optional(),
  /** Of the asked row, or of the first rows. Absent when no row could be read. */
  values: z.array(cellSchema).optional(),
  /** Columns of the input it uses. */
  references: z.array(z.string()),
  /** Offsets in UTF-16 units inside the expression. */
  problem: z.object({ message: z.string(), start: z.int(), end: z.int() }).optional(),
})
export type Evaluation = z.infer<typeof evaluationSchema>

export const completionSchema = z.object({
  label: z.string(),
  /** Replaces the text from `start` to the place asked about. */
  insert: z.string(),
  start: z.int(),
  kind: z.enum(['column', 'function', 'parameter', 'keyword', 'type']),
  /** A column's type, a function's parameters. */
  detail: z.string().optional(),
  description: z.string().optional(),
})
export type ExpressionCompletion = z.infer<typeof completionSchema>

/** Offsets in UTF-16 units inside the text. */
const span = { start: z.int(), end: z.int() }

export const textCompletionSchema = z.object({
  ...span,
  label: z.string(),
  /** Replaces the text from `start` to `end`. */
  insert: z.string(),
  kind: z.enum(['field', 'value', 'node', 'dataset', 'column']),
  /** A field's title, a column's type, a node's kind. */
  detail: z.string().optional(),
  description: z.string().optional(),
})
export type TextCompletion = z.infer<typeof textCompletionSchema>

export const textHoverSchema = z.object({
  ...span,
  title: z.string(),
  text: z.string(),
  /** Of a field's value: a JSON type, or the values it may have. */
  type: z.string().optional(),
})
export type TextHover = z.infer<typeof textHoverSchema>
