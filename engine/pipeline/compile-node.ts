import type { Column } from '../contract/column.ts'
import { isFailure } from '../contract/failure.ts'
import { duckDialect } from '../sql/dialects.ts'
import { join, printSql, type Sql, sql } from '../sql/sql.ts'
import { type Binder, type CompiledOutput, relationName } from './compiled.ts'
import type { LinkedNode } from './document.ts'
import { lineAndPosition, type ParameterLiterals, sourcePosition } from './expression/expression.ts'
import { alternatives, foldName, visible } from './names.ts'
import { nodeContext, type WrittenText } from './node-context.ts'
import type { InputRelation, NodeProblem } from './node-kind.ts'

export interface NodeRequest {
  readonly node: LinkedNode
  readonly inputs: readonly InputRelation[]
  readonly parameters: ParameterLiterals
  readonly bind: Binder
}

export interface NodeResult {
  readonly outputs: readonly CompiledOutput[]
  readonly problems: readonly NodeProblem[]
}

/** Compiles one node whose inputs' columns are known and has DuckDB say which columns its outputs have. */
export async function compileNode(request: NodeRequest): Promise<NodeResult> {
  const { node, inputs, parameters } = request
  const context = nodeContext({ node: node.name, inputs, parameters })
  const outputs = node.parsed.compile(context.input)
  const relations = new Map(inputs.map(({ ref, columns }) => [relationName(ref), columns]))
  if (context.problems.length > 0) {
    // The texts that could be read may be wrong in other ways: a person should see that in the same go.
    const more = await probeTexts(request, context.written, relations)
    return { outputs: [], problems: [...context.problems, ...more] }
  }
  try {
    await bindGuard(request.bind, context.written, relations)
    const bound: CompiledOutput[] = []
    for (const { name, relation, lineage } of outputs) {
      const columns = markHidden(await request.bind(relation, relations), inputs)
      bound.push({ ref: { node: node.name, output: name }, columns, relation, lineage })
    }
    return { outputs: bound, problems: duplicateColumns(bound) }
  } catch (error) {
    if (!isFailure(error, 'sql.invalid')) throw error
    const problems = await probeTexts(request, context.written, relations)
    return { outputs: [], problems: problems.length > 0 ? problems : [unplaced(error.message)] }
  }
}

type Relations = ReadonlyMap<string, readonly Column[]>

/**
 * Has DuckDB bind all expressions in WHERE, where neither aggregates nor windows nor aliases of other columns are allowed:
 * each stands for one row.
 */
async function bindGuard(bind: Binder, written: readonly WrittenText[], relations: Relations): Promise<void> {
  const byInput = Map.groupBy(
    written.filter(({ kind }) => kind === 'expression'),
    ({ input }) => printSql(input.sql, duckDialect),
  )
  for (const texts of byInput.values()) {
    const [first] = texts
    if (first === undefined) continue
    const conditions = texts.map(({ text }) => sql`(${text.sql}) IS NULL`)
    await bind(sql`SELECT 1 FROM ${first.input.sql} WHERE ${join(conditions, ' OR ')}`, relations)
  }
}

/** Asks DuckDB about every text by itself and gives a problem for each that it refuses. */
async function probeTexts(
  { bind, parameters }: NodeRequest,
  written: readonly WrittenText[],
  relations: Relations,
): Promise<NodeProblem[]> {
  const problems: NodeProblem[] = []
  for (const text of written) {
    const [before, after] = probeOf(text)
    try {
      await bind(sql`${before}${text.text.sql}${after}`, relations)
    } catch (error) {
      if (!isFailure(error, 'sql.invalid')) throw error
      problems.push(textProblem(text, refusal(error), { before, parameters }))
    }
  }
  return problems
}

function probeOf({ kind, input }: WrittenText): [Sql, Sql] {
  switch (kind) {
    case 'expression':
      return [sql`SELECT 1 FROM ${input.sql} WHERE (`, sql`) IS NULL`]
    case 'type':
      return [sql`SELECT CAST(NULL AS `, sql`)`]
    case 'query':
      return [sql`SELECT * FROM (`, sql`) AS query`]
  }
}

interface Refusal {
  readonly reason: string
  readonly position?: number
  readonly subtype?: string
  readonly name?: string
}

function refusal(error: { readonly message: string; readonly detail: object }): Refusal {
  const { detail } = error
  const text = (key: string): Record<string, string> => {
    const value: unknown = Reflect.get(detail, key)
    return typeof value === 'string' ? { [key]: value } : {}
  }
  const position: unknown = Reflect.get(detail, 'position')
  return {
    reason: error.message,
    ...text('reason'),
    ...text('subtype'),
    ...text('name'),
    ...(typeof position === 'number' ? { position } : {}),
  }
}

function textProblem(
  { field, text, kind, input }: WrittenText,
  { reason, position, subtype, name }: Refusal,
  { before, parameters }: { before: Sql; parameters: ParameterLiterals },
): NodeProblem {
  const printed = position === undefined ? undefined : position - printSql(before, duckDialect).length
  const isInside = printed !== undefined && printed >= 0
  const place = {
    field,
    ...(isInside ? lineAndPosition(text.source, sourcePosition(text, printed, parameters)) : {}),
  }
  if (subtype === 'COLUMN_NOT_FOUND' && name !== undefined && kind === 'expression') {
    const known = visible(input.columns).map((column) => column.name)
    return { code: 'node.unknown_column', detail: { ...place, name, ...alternatives(name, known) } }
  }
  return { code: 'node.expression_invalid', detail: { ...place, reason: inPlainWords(reason) } }
}

/** The guard puts expressions into WHERE; a person who never wrote one should not read about it. */
function inPlainWords(reason: string): string {
  const found = /^WHERE clause cannot contain (aggregates|window functions)/.exec(reason)
  return found === null ? reason : `an expression sees one row: ${found[1] ?? ''} have nodes of their own`
}

/** An error that no text of the node explains, such as keys whose types cannot be compared. */
function unplaced(message: string): NodeProblem {
  return { code: 'node.expression_invalid', detail: { field: 'type', reason: message } }
}

function markHidden(columns: readonly Column[], inputs: readonly InputRelation[]): Column[] {
  const hidden = new Set(
    inputs.flatMap((input) =>
      input.columns.filter((column) => column.hidden === true).map(({ name }) => foldName(name)),
    ),
  )
  return columns.map((column) => (hidden.has(foldName(column.name)) ? { ...column, hidden: true } : column))
}

function duplicateColumns(outputs: readonly CompiledOutput[]): NodeProblem[] {
  return outputs.flatMap(({ columns, ref }) => {
    const seen = new Set<string>()
    const twice = columns.find(({ name }) => seen.size === seen.add(foldName(name)).size)
    return twice === undefined
      ? []
      : [{ code: 'node.duplicate_name' as const, detail: { field: ref.output, name: twice.name } }]
  })
}
