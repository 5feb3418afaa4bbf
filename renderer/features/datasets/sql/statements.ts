/** A statement in a text of several. */
export interface Statement {
  /** Without the semicolon and the white space around it. */
  readonly sql: string
  /** Where it begins in the text, in UTF-16 units. */
  readonly start: number
  readonly end: number
}

/** Quoted texts and names, dollar-quoted texts, comments: what a semicolon may stand in without ending a statement. */
const OPAQUE =
  /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\$([A-Za-z_]*)\$[\s\S]*?(?:\$\1\$|$)/y

/** The statements of a text in their order; those of nothing but white space and comments are left out. */
export function statementsOf(text: string): readonly Statement[] {
  const statements: Statement[] = []
  let begin = 0
  let hasCode = false
  const end = (at: number): void => {
    const part = text.slice(begin, at)
    const start = begin + (part.length - part.trimStart().length)
    if (hasCode) statements.push({ sql: part.trim(), start, end: begin + part.trimEnd().length })
    begin = at + 1
    hasCode = false
  }
  for (let at = 0; at < text.length; ) {
    OPAQUE.lastIndex = at
    const opaque = OPAQUE.exec(text)?.[0]
    if (opaque !== undefined) {
      hasCode ||= !opaque.startsWith('--') && !opaque.startsWith('/*')
      at += opaque.length
      continue
    }
    const letter = text[at] ?? ''
    if (letter === ';') end(at)
    else hasCode ||= letter.trim() !== ''
    at++
  }
  end(text.length)
  return statements
}

/** The statement that an offset stands in or right after; the whole text when there is none. */
export function statementAt(text: string, offset: number): Statement {
  const found = statementsOf(text).findLast(({ start }) => start <= offset)
  const isAfter = found !== undefined && text.slice(found.end, offset).includes(';')
  if (found === undefined || isAfter) {
    const start = isAfter ? found.end + text.slice(found.end, offset).lastIndexOf(';') + 1 : 0
    return { sql: text.slice(start), start, end: text.length }
  }
  // What was typed after its last word belongs to it: a blank before the next word.
  return {
    sql: text.slice(found.start, Math.max(found.end, offset)),
    start: found.start,
    end: Math.max(found.end, offset),
  }
}
