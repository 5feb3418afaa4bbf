/** A piece of SQL as DuckDB's lexer sees it. `text` is what was written; `start` counts UTF-16 units from 0. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'operator'
  readonly text: string
  readonly start: number
  /** For names: without quotes. For parameters: without `$`. Otherwise as written. */
  readonly value: string
}

export interface Tokens {
  readonly tokens: readonly Token[]
  /** The text with every comment and unusual space replaced by plain spaces; all positions and line ends stay. */
  readonly plain: string
}

/** A text that cannot be read as SQL tokens. */
export class TokenError extends Error {
  readonly position: number

  constructor(reason: string, position: number) {
    super(reason)
    this.position = position
  }
}

// DuckDB turns these into plain spaces before its lexer runs.
const SPACE = /[\s\u200b]+/y
const LINE_COMMENT = /--[^\n\r]*/y
const WORD = /(?![\s\u200b])[A-Za-z_\u0080-\uffff](?:(?![\s\u200b])[\w$\u0080-\uffff])*/y
const NUMBER = /(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?)/y
const PLAIN_STRING = /'(?:[^']|'')*'/y
const ESCAPE_STRING = /'(?:[^'\\]|''|\\[\s\S])*'/y
const QUOTED = /"((?:[^"]|"")*)"/y
const DOLLAR_TAG = /\$(?:(?![\s\u200b])[A-Za-z_\u0080-\uffff](?:(?![\s\u200b])[\w\u0080-\uffff])*)?\$/y
const PARAMETER = /\$(?![\s\u200b])[A-Za-z_\u0080-\uffff](?:(?![\s\u200b])[\w\u0080-\uffff])*/y
const OPERATOR =
  /::|:=|->>|->|=>|<=|>=|<>|!=|==|\|\||\*\*|\/\/|<<|>>|!~~\*?|!~\*?|~~~|~~\*?|[-+*/%^<>=!~&|@(){}[\],.:]/y
const BRACKETS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/**
 * Splits SQL text into tokens, refusing whatever could end the place it is put into: `;`, unbalanced brackets, open
 * quotes and comments, positional references (`?`, `#1`, `$1`).
 * @throws TokenError with a reason for a person and the position.
 */
export function tokenise(text: string): Tokens {
  const tokens: Token[] = []
  let plain = ''
  const open: { closer: string; position: number }[] = []
  for (let at = 0; at < text.length; ) {
    const space = match(SPACE, text, at) ?? match(LINE_COMMENT, text, at) ?? blockComment(text, at)
    if (space !== undefined) {
      plain += space.replace(/[^\n]/g, ' ')
      at += space.length
      continue
    }
    const token = readToken(text, at, tokens.at(-1))
    if (token.kind === 'operator') checkBracket(token, open)
    tokens.push(token)
    plain += token.text
    at += token.text.length
  }
  const unclosed = open.at(-1)
  if (unclosed !== undefined)
    throw new TokenError(`a ${unclosed.closer} is missing for this bracket`, unclosed.position)
  return { tokens, plain }
}

function checkBracket({ text, start }: Token, open: { closer: string; position: number }[]): void {
  const closer = BRACKETS[text]
  if (closer !== undefined) open.push({ closer, position: start })
  else if ((text === ')' || text === ']' || text === '}') && open.pop()?.closer !== text) {
    throw new TokenError(`${text} closes nothing`, start)
  }
}

function readToken(text: string, start: number, before: Token | undefined): Token {
  const first = text.charAt(start)
  if (first === "'") return stringToken(text, start, before)
  if (first === '"') {
    const quoted = match(QUOTED, text, start)
    if (quoted === undefined) throw new TokenError('the quoted name has no end', start)
    if (quoted === '""') throw new TokenError('a name must not be empty', start)
    return { kind: 'quoted', text: quoted, start, value: quoted.slice(1, -1).replaceAll('""', '"') }
  }
  if (first === '$') return dollarToken(text, start)
  const word = match(WORD, text, start)
  if (word !== undefined) return { kind: 'word', text: word, start, value: word }
  const number = match(NUMBER, text, start)
  if (number !== undefined) return { kind: 'number', text: number, start, value: number }
  const operator = match(OPERATOR, text, start)
  if (operator !== undefined) return { kind: 'operator', text: operator, start, value: operator }
  if (first === ';') throw new TokenError('; is not allowed: one statement only', start)
  if (first === '?') throw new TokenError('? is not allowed: write parameters as $name', start)
  if (first === '#') throw new TokenError('# is not allowed: name the column', start)
  throw new TokenError(`the character ${JSON.stringify(first)} is not SQL`, start)
}

function stringToken(text: string, start: number, before: Token | undefined): Token {
  const isAdjacent = before !== undefined && before.kind === 'word' && before.start + before.text.length === start
  const isEscape = isAdjacent && before.text.toLowerCase() === 'e'
  const string = match(isEscape ? ESCAPE_STRING : PLAIN_STRING, text, start)
  if (string === undefined) throw new TokenError('the text has no closing quote', start)
  if (string.includes('\0')) throw new TokenError('a text must not contain NUL', start)
  return { kind: 'string', text: string, start, value: string.slice(1, -1).replaceAll("''", "'") }
}

function dollarToken(text: string, start: number): Token {
  const tag = match(DOLLAR_TAG, text, start)
  if (tag !== undefined) {
    const end = text.indexOf(tag, start + tag.length)
    if (end < 0) throw new TokenError(`the text after ${tag} has no end`, start)
    const whole = text.slice(start, end + tag.length)
    if (whole.includes('\0')) throw new TokenError('a text must not contain NUL', start)
    return { kind: 'string', text: whole, start, value: whole.slice(tag.length, -tag.length) }
  }
  const parameter = match(PARAMETER, text, start)
  if (parameter === undefined) throw new TokenError('$ must be followed by the name of a parameter', start)
  return { kind: 'parameter', text: parameter, start, value: parameter.slice(1) }
}

/** Block comments nest, as in PostgreSQL. They never reach DuckDB. */
function blockComment(text: string, start: number): string | undefined {
  if (!text.startsWith('/*', start)) return undefined
  let depth = 0
  for (let at = start; at < text.length; at++) {
    if (text.startsWith('/*', at)) {
      depth++
      at++
    } else if (text.startsWith('*/', at)) {
      depth--
      at++
      if (depth === 0) return text.slice(start, at + 1)
    }
  }
  throw new TokenError('the comment has no end', start)
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
