import { type Sql, trusted } from '../../sql/sql.ts'
import { TokenError, tokenise } from './tokenise.ts'

const TYPE_OPERATORS = new Set(['(', ')', '[', ']', ','])
// Words that begin a query or an expression have no place in a type.
const NOT_IN_TYPES = new Set('select from values table as case not using collate default'.split(' '))

/**
 * A DuckDB type as a person wrote it (`DECIMAL(18,2)`, `STRUCT(a INTEGER, b VARCHAR[])`), safe to put into SQL.
 *
 * Only names, numbers, enum texts, brackets and commas; whether the type exists is for DuckDB to say.
 * @throws TokenError
 */
export function typeText(text: string): Sql {
  const { tokens, plain } = tokenise(text)
  if (tokens[0]?.kind !== 'word' && tokens[0]?.kind !== 'quoted') throw new TokenError('a type begins with its name', 0)
  let depth = 0
  for (const token of tokens) {
    if (token.kind === 'parameter') throw new TokenError('a type has no parameters', token.start)
    if (token.kind === 'word' && NOT_IN_TYPES.has(token.value.toLowerCase())) {
      throw new TokenError(`${token.text} is no part of a type`, token.start)
    }
    if (token.kind !== 'operator') continue
    if (!TYPE_OPERATORS.has(token.text)) throw new TokenError(`${token.text} is no part of a type`, token.start)
    depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0
    if (token.text === ',' && depth === 0) throw new TokenError('one type only', token.start)
  }
  return trusted(plain.trim())
}
