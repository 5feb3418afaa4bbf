import type { Column } from '../contract/column.ts'
import { id, sql, trusted } from '../sql/sql.ts'
import { relationName } from './compiled.ts'
import {
  type CheckedText,
  checkExpression,
  lineAndPosition,
  type ParameterLiterals,
  referencedColumns,
  type TextProblem,
} from './expression/expression.ts'
import { checkQuery } from './expression/query.ts'
import { TokenError } from './expression/tokenise.ts'
import { typeText } from './expression/type-text.ts'
import { alternatives, findColumn, foldName, visible } from './names.ts'
import type { CompileInput, Expression, ExpressionScope, InputRelation, NodeProblem } from './node-kind.ts'

/** Text of a person inside a node: what to ask DuckDB about when it refuses the whole. */
export interface WrittenText {
  readonly field: string
  readonly text: CheckedText
  readonly kind: 'expression' | 'type' | 'query'
  readonly input: InputRelation
}

export interface NodeContext {
  readonly input: CompileInput<unknown>
  readonly problems: NodeProblem[]
  readonly written: WrittenText[]
}

interface ContextParts {
  readonly node: string
  readonly inputs: readonly InputRelation[]
  readonly parameters: ParameterLiterals
}

const NO_INPUT: InputRelation = { ref: { node: '', output: 'out' }, sql: sql``, columns: [] }
const UNKNOWN: Expression = { sql: sql`NULL`, references: [] }

/** What a compile function works with; gathers problems and the texts that were used. */
export function nodeContext({ node, inputs, parameters }: ContextParts): NodeContext {
  const problems: NodeProblem[] = []
  const written: WrittenText[] = []
  const inputAt = (index: number): InputRelation => inputs[index] ?? NO_INPUT
  const reportText = (field: string, text: string, found: readonly TextProblem[]): void => {
    problems.push(...found.map((problem) => textProblem(field, text, problem)))
  }
  const expression = (field: string, text: string, scope: ExpressionScope = {}): Expression => {
    const checked = checkExpression(text, parameters)
    if (Array.isArray(checked)) {
      reportText(field, text, checked)
      return UNKNOWN
    }
    if (scope.decides === true && checked.volatile !== undefined) {
      problems.push({ code: 'node.volatile', detail: { field, name: checked.volatile } })
    }
    const over = scope.over ?? inputAt(scope.input ?? 0)
    written.push({ field, text: checked, kind: 'expression', input: over })
    return { sql: sql`(${checked.sql})`, references: referencesOf(checked, over) }
  }
  return {
    problems,
    written,
    input: {
      node,
      config: undefined,
      inputs,
      input: inputAt(0),
      expression,
      column: (field, name, index = 0) => columnOf(inputAt(index), field, name, problems),
      type: (field, text) => {
        try {
          const type = typeText(text)
          written.push({ field, text: { sql: type, tokens: [], source: text }, kind: 'type', input: NO_INPUT })
          return type
        } catch (error) {
          if (!(error instanceof TokenError)) throw error
          reportText(field, text, [
            { code: 'node.expression_invalid', reason: error.message, position: error.position },
          ])
          return trusted('VARCHAR')
        }
      },
      query: (field, text, relations) => {
        const checked = checkQuery(text, parameters, relations)
        if (Array.isArray(checked)) {
          reportText(field, text, checked)
          return sql`SELECT NULL`
        }
        written.push({ field, text: checked, kind: 'query', input: NO_INPUT })
        return checked.sql
      },
      report: (problem) => problems.push(problem),
    },
  }
}

/** DuckDB takes a relation's name for its whole row: `to_json(orders)` reads every column. */
function referencesOf({ tokens }: CheckedText, { ref, columns }: InputRelation): string[] {
  const shown = visible(columns)
  const name = foldName(relationName(ref))
  const isWholeRow = tokens.some(
    ({ kind, value }, i) =>
      (kind === 'word' || kind === 'quoted') && foldName(value) === name && tokens[i + 1]?.text !== '.',
  )
  return isWholeRow ? shown.map((column) => column.name) : referencedColumns(tokens, shown)
}

function columnOf(input: InputRelation, field: string, name: string, problems: NodeProblem[]): Column {
  const shown = visible(input.columns)
  const column = findColumn(shown, name)
  if (column !== undefined) return column
  const known = shown.map((candidate) => candidate.name)
  problems.push({ code: 'node.unknown_column', detail: { field, name, ...alternatives(name, known) } })
  return { name, type: 'VARCHAR' }
}

function textProblem(field: string, text: string, problem: TextProblem): NodeProblem {
  const place = { field, ...lineAndPosition(text, problem.position) }
  switch (problem.code) {
    case 'node.expression_invalid':
      return { code: problem.code, detail: { ...place, reason: problem.reason } }
    case 'node.forbidden':
      return { code: problem.code, detail: { ...place, name: problem.name } }
    case 'node.unknown_parameter':
    case 'node.unknown_input': {
      const { code, name, known, suggestion } = problem
      return { code, detail: { ...place, name, known, ...(suggestion === undefined ? {} : { suggestion }) } }
    }
  }
}

/** An output as an input of the next node. */
export function inputRelation(ref: InputRelation['ref'], columns: readonly Column[]): InputRelation {
  return { ref, sql: id(relationName(ref)), columns }
}
