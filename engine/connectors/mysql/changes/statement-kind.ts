/** What a statement in the log means for rows. */
export type StatementKind =
  | { readonly kind: 'begin' | 'commit' | 'savepoint' | 'other' }
  | { readonly kind: 'truncate'; readonly schema?: string; readonly table: string }
  /** It changes rows without showing them. */
  | { readonly kind: 'unsafe' }
  /** It takes back what the log has shown before it. */
  | { readonly kind: 'undone' }

const COMMENTS = /^(?:\s|\/\*(?!!).*?\*\/|--[^\n]*\n|#[^\n]*\n)+/s
const NAME = '(?:`((?:[^`]|``)+)`|([^\\s`.;,/]+))'
/** Rows go or come with a partition or a file. */
const HIDDEN = /\b(?:(?:truncate|drop|exchange)\s+partition|import\s+(?:partition\s.*)?tablespace)\b/i
const TRUNCATE = new RegExp(`^truncate\\s+(?:table\\s+)?${NAME}(?:\\s*\\.\\s*${NAME})?`, 'i')

export function statementKind(text: string): StatementKind {
  const statement = text.replace(COMMENTS, '')
  const word = /^\w+/.exec(statement)?.[0]?.toUpperCase() ?? ''
  switch (word) {
    case 'BEGIN':
      return { kind: 'begin' }
    case 'START':
      return /^start\s+transaction/i.test(statement) ? { kind: 'begin' } : { kind: 'other' }
    case 'COMMIT':
      return { kind: 'commit' }
    case 'SAVEPOINT':
      return { kind: 'savepoint' }
    case 'TRUNCATE':
      return truncated(statement)
    case 'ROLLBACK':
      return { kind: 'undone' }
    case 'ALTER':
      return { kind: HIDDEN.test(statement) ? 'unsafe' : 'other' }
    case 'INSERT':
    case 'UPDATE':
    case 'DELETE':
    case 'REPLACE':
    case 'LOAD':
      return { kind: 'unsafe' }
    default:
      return { kind: 'other' }
  }
}

function truncated(statement: string): StatementKind {
  const match = TRUNCATE.exec(statement)
  if (match === null) return { kind: 'unsafe' }
  const [, quoted, bare, quotedSecond, bareSecond] = match
  const first = nameOf(quoted, bare)
  const second = nameOf(quotedSecond, bareSecond)
  return second === undefined
    ? { kind: 'truncate', table: first ?? '' }
    : { kind: 'truncate', schema: first ?? '', table: second }
}

function nameOf(quoted: string | undefined, bare: string | undefined): string | undefined {
  return quoted?.replaceAll('``', '`') ?? bare
}
