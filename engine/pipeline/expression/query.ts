import { alternatives, foldName } from '../names.ts'
import { type CheckedText, checkText, type ParameterLiterals, type TextProblem } from './expression.ts'
import type { Token } from './tokenise.ts'

const STARTS = new Set(['select', 'with', 'from', 'values', '('])
// Anything but reading. These are reserved or cannot follow a bracket or AS ( in a SELECT.
const STATEMENTS = new Set(
  `insert update delete merge copy attach detach create drop alter install load set reset pragma call export import vacuum
  checkpoint execute prepare use describe show summarize explain truncate`.split(/\s+/),
)
// The table functions that only make rows from their arguments.
const TABLE_FUNCTIONS = new Set(['range', 'generate_series', 'unnest', 'json_each', 'json_tree', 'values'])
const FROM_ENDS = new Set(
  'where group having qualify window order limit offset union except intersect select values'.split(' '),
)
const FROM_IN_CALLS = new Set(['extract', 'substring', 'trim', 'overlay', 'position'])

/**
 * Checks a full SELECT of a person: one query, nothing else, over `relations` and what it makes itself.
 *
 * Reads tokens only. Files (`FROM 'a.csv'`, `FROM "a.csv"`, table functions) and relations of other nodes are refused.
 */
export function checkQuery(
  text: string,
  parameters: ParameterLiterals,
  relations: readonly string[],
): CheckedText | TextProblem[] {
  const checked = checkText(text, parameters)
  if (Array.isArray(checked)) return checked
  const { tokens } = checked
  const first = tokens[0]
  if (first === undefined || !STARTS.has(foldName(first.value))) {
    return [
      {
        code: 'node.expression_invalid',
        reason: 'a query begins with SELECT, WITH, FROM or VALUES',
        position: first?.start ?? 0,
      },
    ]
  }
  const problems = [...statementProblems(tokens), ...tableProblems(tokens, relations)]
  return problems.length > 0 ? problems : checked
}

function* statementProblems(tokens: readonly Token[]): Generator<TextProblem> {
  for (const [i, token] of tokens.entries()) {
    const isStatement = token.kind === 'word' && STATEMENTS.has(foldName(token.value))
    if (isStatement && tokens[i - 1]?.text === '(' && tokens[i + 1]?.text !== ')' && tokens[i + 1]?.text !== ',') {
      yield { code: 'node.expression_invalid', reason: `${token.text} is not a query`, position: token.start }
    }
  }
}

interface Level {
  /** Whether the next name is that of a relation. */
  expects: 'relation' | 'nothing'
  isFrom: boolean
  isCall: boolean
}

/** Names in table position that are neither inputs nor made by the query. */
function* tableProblems(tokens: readonly Token[], relations: readonly string[]): Generator<TextProblem> {
  const known = new Set([...relations, ...commonTables(tokens)].map(foldName))
  for (const at of tablePositions(tokens)) {
    const path = namePath(tokens, at)
    const token = tokens[at]
    if (token === undefined) continue
    if (token.kind === 'string') {
      yield { code: 'node.forbidden', name: token.text, position: token.start }
      continue
    }
    const isCall = tokens[at + path.length * 2 - 1]?.text === '('
    const name = path.join('.')
    const isKnown = isCall ? TABLE_FUNCTIONS.has(foldName(name)) : path.length === 1 && known.has(foldName(name))
    if (isKnown) continue
    if (isCall) yield { code: 'node.forbidden', name: `${name}()`, position: token.start }
    else yield { code: 'node.unknown_input', name, ...alternatives(name, relations), position: token.start }
  }
}

/** Indexes of the tokens where a relation is named. */
function tablePositions(tokens: readonly Token[]): number[] {
  const found: number[] = []
  const levels: Level[] = [{ expects: 'nothing', isFrom: false, isCall: false }]
  for (const [i, token] of tokens.entries()) {
    const level = levels.at(-1)
    if (level === undefined) break
    const word = token.kind === 'word' ? foldName(token.value) : undefined
    if (token.text === '(' || token.text === '[' || token.text === '{') {
      const before = tokens[i - 1]
      const isCall = before?.kind === 'word' && FROM_IN_CALLS.has(foldName(before.value))
      const isNested = level.expects === 'relation'
      level.expects = 'nothing'
      levels.push({ expects: isNested && token.text === '(' ? 'relation' : 'nothing', isFrom: isNested, isCall })
    } else if (token.text === ')' || token.text === ']' || token.text === '}') {
      levels.pop()
    } else if (word === 'from' && !level.isCall && !isDistinctFrom(tokens, i)) {
      level.isFrom = true
      level.expects = 'relation'
    } else if (word === 'join' || (token.text === ',' && level.isFrom)) {
      level.expects = 'relation'
    } else if (word === 'pivot' || word === 'unpivot') {
      level.expects = tokens[i + 1]?.text === '(' ? 'nothing' : 'relation'
    } else if (word === 'lateral' || (word === 'only' && level.expects === 'relation')) {
      continue
    } else if (word !== undefined && FROM_ENDS.has(word)) {
      level.isFrom = false
      level.expects = 'nothing'
    } else if (level.expects === 'relation') {
      level.expects = 'nothing'
      if (word !== 'with') found.push(i)
    }
  }
  return found
}

function isDistinctFrom(tokens: readonly Token[], i: number): boolean {
  if (tokens[i - 1]?.value.toLowerCase() !== 'distinct') return false
  const before = tokens[i - 2]?.value.toLowerCase()
  return before === 'is' || before === 'not'
}

/** Names of WITH … AS ( …, wherever it stands. */
function commonTables(tokens: readonly Token[]): string[] {
  const found: string[] = []
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'word' && token.kind !== 'quoted') continue
    const before = tokens[i - 1]
    const begins = before?.text === ',' || (before?.kind === 'word' && /^(with|recursive)$/i.test(before.value))
    if (!begins) continue
    const after = tokens[i + 1]?.text === '(' ? closing(tokens, i + 1) + 1 : i + 1
    if (tokens[after]?.value.toLowerCase() !== 'as') continue
    const opening = tokens.slice(after + 1, after + 4).findIndex(({ text }) => text === '(')
    const hint = tokens.slice(after + 1, after + 1 + opening).map(({ value }) => value.toLowerCase())
    if (opening >= 0 && hint.every((word) => word === 'not' || word === 'materialized')) found.push(token.value)
  }
  return found
}

function closing(tokens: readonly Token[], opening: number): number {
  let depth = 0
  for (let i = opening; i < tokens.length; i++) {
    if (tokens[i]?.text === '(') depth++
    if (tokens[i]?.text === ')' && --depth === 0) return i
  }
  return tokens.length
}

function namePath(tokens: readonly Token[], at: number): string[] {
  const path: string[] = []
  for (let i = at; tokens[i]?.kind === 'word' || tokens[i]?.kind === 'quoted'; i += 2) {
    path.push(tokens[i]?.value ?? '')
    if (tokens[i + 1]?.text !== '.') break
  }
  return path
}
