import { duckDialect } from '../../sql/dialects.ts'
import { printSql, type Sql, sql, trusted } from '../../sql/sql.ts'
import { alternatives, foldName } from '../names.ts'
import { outsideCall, volatileCall } from './functions.ts'
import { type Token, TokenError, tokenise } from './tokenise.ts'

/** Parameters by name, each already a literal cast to its declared type. */
export type ParameterLiterals = ReadonlyMap<string, Sql>

/** SQL text that a person wrote, checked and with its parameters filled in. */
export interface CheckedText {
  readonly sql: Sql
  readonly tokens: readonly Token[]
  /** The text as written; problems are placed in it. */
  readonly source: string
  /** A call that gives another value each time, if there is one. */
  readonly volatile?: string
}

export type TextProblem =
  | { readonly code: 'node.expression_invalid'; readonly reason: string; readonly position: number }
  | { readonly code: 'node.forbidden'; readonly name: string; readonly position: number }
  | {
      readonly code: 'node.unknown_parameter' | 'node.unknown_input'
      readonly name: string
      readonly suggestion?: string
      readonly known: string[]
      readonly position: number
    }

// After an opening bracket these begin a query. A column of that name must be quoted, which DuckDB mostly demands anyway.
const QUERY_STARTS = new Set(
  'select with from table pivot unpivot describe desc show summarize call explain'.split(' '),
)

/** Checks one value expression: no statement, no subquery, no star, no function that reaches outside. */
export function checkExpression(text: string, parameters: ParameterLiterals): CheckedText | TextProblem[] {
  const checked = checkText(text, parameters)
  if (Array.isArray(checked)) return checked
  const { tokens } = checked
  if (tokens.length === 0) return [{ code: 'node.expression_invalid', reason: 'the expression is empty', position: 0 }]
  const problem = expressionProblem(tokens)
  return problem === undefined ? checked : [problem]
}

function expressionProblem(tokens: readonly Token[]): TextProblem | undefined {
  let depth = 0
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1]?.text
    const after = tokens[i + 1]?.text
    const word = token.kind === 'word' ? foldName(token.value) : undefined
    const invalid = (reason: string): TextProblem => ({
      code: 'node.expression_invalid',
      reason,
      position: token.start,
    })
    const begins = before === undefined || before === '('
    const isQuery = word === 'select' || (begins && word === 'values' && after === '(')
    if (isQuery || (begins && word !== undefined && QUERY_STARTS.has(word))) {
      return invalid('a query is not allowed inside an expression: use a join, lookup or sql node')
    }
    if ((word === 'columns' || token.text === '"columns"') && after === '(')
      return invalid('COLUMNS(…) is not allowed: name each column')
    const isStar = token.text === '*' && (begins || before === ',' || before === '.' || before === '[')
    const isCountStar = isStar && before === '(' && after === ')' && /^count(_star)?$/i.test(tokens[i - 2]?.value ?? '')
    if ((isStar || token.text === '**') && !isCountStar && (isStar || before === '('))
      return invalid('* is not allowed here: name each column')
    if (token.kind === 'operator') depth += '([{'.includes(token.text) ? 1 : ')]}'.includes(token.text) ? -1 : 0
    if (depth === 0 && token.text === ',') return invalid('one expression only: the comma would begin another')
    if (depth === 0 && word !== undefined && (word === 'as' || word === 'union' || word === 'into')) {
      return invalid(`${token.text} is not part of an expression`)
    }
  }
  return undefined
}

/** Tokenises, refuses outside functions, fills parameters in. What any SQL text of a person goes through. */
export function checkText(text: string, parameters: ParameterLiterals): CheckedText | TextProblem[] {
  try {
    const { tokens, plain } = tokenise(text)
    const problems = [...unknownParameters(tokens, parameters)]
    const outside = outsideCall(tokens)
    if (outside !== undefined) {
      problems.push({ code: 'node.forbidden', name: `${outside.value}()`, position: outside.start })
    }
    if (problems.length > 0) return problems
    const volatile = volatileCall(tokens)
    const filled = fillParameters(plain, tokens, parameters)
    return { sql: filled, tokens, source: text, ...(volatile === undefined ? {} : { volatile: `${volatile.value}()` }) }
  } catch (error) {
    if (!(error instanceof TokenError)) throw error
    return [{ code: 'node.expression_invalid', reason: error.message, position: error.position }]
  }
}

function* unknownParameters(tokens: readonly Token[], parameters: ParameterLiterals): Generator<TextProblem> {
  for (const { kind, value, start } of tokens) {
    if (kind !== 'parameter' || parameters.has(value)) continue
    yield {
      code: 'node.unknown_parameter',
      name: value,
      ...alternatives(value, [...parameters.keys()]),
      position: start,
    }
  }
}

function fillParameters(plain: string, tokens: readonly Token[], parameters: ParameterLiterals): Sql {
  let filled = sql``
  let at = 0
  for (const { kind, value, start, text } of tokens) {
    const parameter = kind === 'parameter' ? parameters.get(value) : undefined
    if (parameter === undefined) continue
    filled = sql`${filled}${trusted(plain.slice(at, start))}${parameter}`
    at = start + text.length
  }
  return sql`${filled}${trusted(plain.slice(at))}`
}

/** The place in the written text of a place in the printed one, which differs where parameters were filled in. */
export function sourcePosition(
  { tokens, source }: CheckedText,
  printed: number,
  parameters: ParameterLiterals,
): number {
  let shift = 0
  for (const { kind, value, start, text } of tokens) {
    if (kind !== 'parameter') continue
    const length = printSql(parameters.get(value) ?? trusted(''), duckDialect).length
    if (printed < start + shift) break
    if (printed < start + shift + length) return start
    shift += length - text.length
  }
  return Math.min(printed - shift, source.length)
}

/** Line and column from 1. */
export function lineAndPosition(text: string, at: number): { line: number; position: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, position: (before.at(-1)?.length ?? 0) + 1 }
}

/** Names in the text that are columns of `columns`, in their own spelling; a name after a dot is a field, not a column. */
export function referencedColumns(tokens: readonly Token[], columns: readonly { readonly name: string }[]): string[] {
  const byName = new Map(columns.map(({ name }) => [foldName(name), name]))
  const found = new Set<string>()
  for (const [i, { kind, value }] of tokens.entries()) {
    if (kind !== 'word' && kind !== 'quoted') continue
    if (tokens[i - 1]?.text === '::' || tokens[i + 1]?.text === '(') continue
    const isField = tokens[i - 1]?.text === '.' && byName.has(foldName(tokens[i - 2]?.value ?? ''))
    if (isField) continue
    const name = byName.get(foldName(value))
    if (name !== undefined) found.add(name)
  }
  return [...found]
}
