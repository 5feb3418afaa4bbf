import type { Evaluation } from '../../../contract/api/authoring.ts'
import type { Column } from '../../../contract/column.ts'
import { describeFailure, type FailureData, failureFromData, isFailure, toFailure } from '../../../contract/failure.ts'
import type { Language } from '../../../contract/localized.ts'
import type { Cell } from '../../../contract/page.ts'
import type { ParameterValues, PipelineFile } from '../../../contract/pipeline-file.ts'
import { checkPipeline } from '../../../pipeline/compile.ts'
import { type OutputRef, relationName } from '../../../pipeline/compiled.ts'
import { referencedColumns } from '../../../pipeline/expression/expression.ts'
import { TokenError, tokenise } from '../../../pipeline/expression/tokenise.ts'
import type { RunPorts } from '../../../run/ports.ts'
import { previewOutput } from '../../../run/preview.ts'
import { duckDialect } from '../../../sql/dialects.ts'
import { id, join, literal, printSql, sql } from '../../../sql/sql.ts'
import type { AuthoringDesk } from './desk.ts'
import { columnsIn, upTo } from './node-input.ts'

export interface EvaluateRequest {
  readonly file: PipelineFile
  /** The output the expression is over. */
  readonly over: OutputRef
  readonly expression: string
  readonly row?: { readonly index: number } | { readonly key: Readonly<Record<string, Cell>> } | undefined
  readonly limitRows: number
  readonly offline: boolean
  readonly parameters: ParameterValues
  readonly schemas: ReadonlyMap<string, readonly Column[]>
  readonly desk: AuthoringDesk
  readonly language: Language
}

const PROBE = '_runnel_probe'
const CHOSEN = '_runnel_chosen'
const VALUE = 'value'

/** The type of an expression and its value for some rows, as a map node behind the output would compute it. */
export async function evaluateExpression(
  request: EvaluateRequest,
  ports: RunPorts,
  signal?: AbortSignal,
): Promise<Evaluation> {
  const { expression, schemas, parameters, desk, language, over } = request
  const file = probed(request)
  const checked = await checkPipeline({ name: 'draft', file, schemas, parameters, bind: desk.bind })
  const references = referencesIn(expression, columnsIn(checked.compiled, over) ?? [])
  const problem = checked.problems.find(({ detail }) => detail['node'] === PROBE && isOfText(detail['field']))
  if (problem !== undefined) return { references, problem: placed(problem, expression, language) }
  const type = columnsIn(checked.compiled, { node: PROBE, output: 'out' })?.[0]?.type
  if (type === undefined) return { references }
  try {
    return { references, type, values: await valuesOf(file, request, ports, signal) }
  } catch (error) {
    if (isFailure(error, 'work.cancelled')) throw error
    // The expression is right, but a value is not: a text that is no number. Or the rows cannot be had.
    if (!isFailure(error, 'sql.invalid')) return { references, type }
    const { detail } = error
    const message = 'reason' in detail ? detail.reason : describeFailure(toFailure(error), language).message
    return { references, type, problem: { message, start: 0, end: expression.length } }
  }
}

function isOfText(field: unknown): boolean {
  return field === 'fields.0.expr' || field === 'fields.0'
}

function probed({ file, over, expression, row }: EvaluateRequest): PipelineFile {
  const upstream = upTo(file, over)
  const isKeyed = row !== undefined && 'key' in row
  const chosen = isKeyed ? { [CHOSEN]: { type: 'filter', input: relationName(over), where: isThisRow(row.key) } } : {}
  const probe = { type: 'map', input: isKeyed ? CHOSEN : relationName(over), fields: [{ to: VALUE, expr: expression }] }
  return { ...upstream, nodes: { ...upstream.nodes, ...chosen, [PROBE]: probe } }
}

/** Compared as text, in which a value comes back from a preview. */
function isThisRow(key: Readonly<Record<string, Cell>>): string {
  const conditions = Object.entries(key).map(([name, value]) =>
    value === null
      ? sql`${id(name)} IS NULL`
      : sql`CAST(${id(name)} AS VARCHAR) = ${literal(typeof value === 'string' ? value : JSON.stringify(value))}`,
  )
  return conditions.length === 0 ? 'true' : printSql(join(conditions, ' AND '), duckDialect)
}

async function valuesOf(
  file: PipelineFile,
  { row, limitRows, offline, parameters, desk }: EvaluateRequest,
  ports: RunPorts,
  signal: AbortSignal | undefined,
): Promise<Cell[]> {
  const index = row !== undefined && 'index' in row ? row.index : undefined
  const preview = await previewOutput(
    {
      pipelineName: 'draft',
      file,
      ref: { node: PROBE, output: 'out' },
      limitRows: index === undefined ? limitRows : index + 1,
      parameters,
      offline,
      bind: desk.bind,
    },
    ports,
    signal,
  )
  const values = preview.rows.map(([value]) => value ?? null)
  return index === undefined ? values : values.slice(index, index + 1)
}

function referencesIn(expression: string, columns: readonly Column[]): string[] {
  try {
    return referencedColumns(tokenise(expression).tokens, columns)
  } catch (error) {
    if (error instanceof TokenError) return []
    throw error
  }
}

/** From line and position, both from 1, to the offset; up to the end of the word there. */
function placed(problem: FailureData, text: string, language: Language): NonNullable<Evaluation['problem']> {
  const failure = failureFromData(problem)
  const { line, position, reason } = problem.detail
  const described = describeFailure(failure, language).message
  // The probe is ours: a person wrote an expression and no node of that name.
  const said = described.replace(/^.*?_runnel_probe[^:：]*[:：]\s*/u, '')
  const message = problem.code === 'node.expression_invalid' && typeof reason === 'string' ? reason : said
  if (typeof line !== 'number' || typeof position !== 'number') return { message, start: 0, end: text.length }
  const before = text.split('\n').slice(0, line - 1)
  const start = Math.min(text.length, before.reduce((sum, one) => sum + one.length + 1, 0) + position - 1)
  const word = /^(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|[\p{L}\p{N}_$]+|\S)/u.exec(text.slice(start))?.[0].length ?? 0
  return { message, start, end: start + word }
}
