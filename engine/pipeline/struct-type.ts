import { type Token, tokenise } from './expression/tokenise.ts'

export interface StructField {
  readonly name: string
  /** DuckDB's type of the field, as DESCRIBE prints it. */
  readonly type: string
}

/** The fields of a type that DuckDB printed as `STRUCT(…)`, or undefined for any other type (lists of structs too). */
export function structFields(type: string): StructField[] | undefined {
  if (!type.startsWith('STRUCT(') || !type.endsWith(')')) return undefined
  const { tokens } = tokenise(type)
  const inner = tokens.slice(2, -1)
  return splitAtCommas(inner).flatMap(([name, ...rest]) => {
    const [first] = rest
    const last = rest.at(-1)
    if (name === undefined || first === undefined || last === undefined) return []
    return [{ name: name.value, type: type.slice(first.start, last.start + last.text.length) }]
  })
}

function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token.text === '(' || token.text === '[') depth++
    if (token.text === ')' || token.text === ']') depth--
    if (token.text === ',' && depth === 0) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}
