import { z } from 'zod'
import type { Language } from '../../../contract/localized.ts'
import { type PipelineFile, pipelineFileSchema } from '../../../contract/pipeline-file.ts'
import { toldIn } from '../../../contract/told.ts'

export interface FormProblem {
  /** The node it belongs to; absent for the document itself. */
  readonly node?: string
  readonly field?: string
  readonly message: string
}

export interface LenientDocument {
  /** The sound part: nodes and parameters that are wrong in form are left out. */
  readonly file: PipelineFile
  /** Every node name of the value, sound or not, in its order. */
  readonly names: readonly string[]
  readonly problems: readonly FormProblem[]
}

const EMPTY: PipelineFile = { version: 1, nodes: {} }
const TEXT = { en: z.locales.en().localeError, zh: z.locales.zhCN().localeError }

/** What can be worked with of a document that is being edited, and what is wrong with the rest. Never throws. */
export function lenientDocument(value: unknown, language: Language): LenientDocument {
  const parsed = pipelineFileSchema.safeParse(value, { error: TEXT[language] })
  if (parsed.success) return { file: parsed.data, names: Object.keys(parsed.data.nodes), problems: [] }
  const problems = parsed.error.issues.map((issue) => placed(issue, language))
  const names = Object.keys(objectOf(objectOf(value)['nodes']))
  const wrongNodes = new Set(problems.flatMap(({ node }) => node ?? []))
  const wrongParameters = new Set(
    parsed.error.issues.filter(({ path }) => path[0] === 'parameters').map(({ path }) => String(path[1])),
  )
  const rest = pipelineFileSchema.safeParse({
    version: 1,
    parameters: without(objectOf(value)['parameters'], wrongParameters),
    nodes: without(objectOf(value)['nodes'], wrongNodes),
  })
  return { file: rest.success ? rest.data : EMPTY, names, problems }
}

function placed(issue: z.core.$ZodIssue, language: Language): FormProblem {
  const [area, name, ...field] = issue.path.map(String)
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : []
  // What a schema says itself comes before the language's own texts, and is English.
  const message = toldIn(issue.message, language)
  if (area === 'nodes' && name !== undefined) {
    return { node: name, ...fieldOf([...field, ...keys]), message }
  }
  return { ...fieldOf([...issue.path.map(String), ...keys]), message }
}

function fieldOf(path: readonly string[]): { field?: string } {
  return path.length === 0 ? {} : { field: path.join('.') }
}

function without(value: unknown, names: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(objectOf(value)).filter(([name]) => !names.has(name)))
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object(value) : {}
}
