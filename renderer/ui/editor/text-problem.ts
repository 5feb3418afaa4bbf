/** Offsets count UTF-16 units from the beginning of the text. */
interface AtOffsets {
  readonly start: number
  readonly end: number
}

/** Lines and columns count from 1. */
interface AtLines {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** Something wrong with a part of a text. */
export type TextProblem = { readonly message: string; readonly severity: 'error' | 'warning' } & (AtOffsets | AtLines)

interface TextRange {
  readonly startLineNumber: number
  readonly startColumn: number
  readonly endLineNumber: number
  readonly endColumn: number
}

/** Where to draw a problem; one of no length takes the character before or after it, so that it can be seen. */
export function rangeOfProblem(text: string, problem: TextProblem): TextRange {
  const { start, end } = 'start' in problem ? problem : offsetsOf(text, problem)
  const from = clamp(start, text.length)
  const to = clamp(end, text.length)
  if (to > from) return rangeBetween(text, from, to)
  return from < text.length && text[from] !== '\n'
    ? rangeBetween(text, from, from + 1)
    : rangeBetween(text, Math.max(0, from - 1), from)
}

function offsetsOf(text: string, { line, column, endLine, endColumn }: AtLines): AtOffsets {
  return { start: offsetAt(text, line, column), end: offsetAt(text, endLine, endColumn) }
}

function offsetAt(text: string, line: number, column: number): number {
  let begin = 0
  for (let current = 1; current < line; current++) {
    const end = text.indexOf('\n', begin)
    if (end === -1) return text.length
    begin = end + 1
  }
  return begin + column - 1
}

function rangeBetween(text: string, from: number, to: number): TextRange {
  const start = placeOf(text, from)
  const end = placeOf(text, to)
  return {
    startLineNumber: start.line,
    startColumn: start.column,
    endLineNumber: end.line,
    endColumn: end.column,
  }
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

function clamp(offset: number, length: number): number {
  return Math.min(length, Math.max(0, offset))
}
