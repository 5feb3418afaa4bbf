import type { SqlDialect, SqlValue } from './dialect.ts'

export type SqlPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'identifier'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: SqlValue }

/** A piece of SQL as data. Names and values stay apart from text until `printSql` quotes them for a dialect. */
export interface Sql {
  readonly parts: readonly SqlPart[]
}

/**
 * Builds SQL from a template. Only other `Sql` can be interpolated: names by `id`, values by `literal`, lists by `join`.
 * A bare string does not compile, so data cannot become text.
 */
export function sql(strings: TemplateStringsArray, ...values: readonly Sql[]): Sql {
  const parts: SqlPart[] = []
  strings.forEach((text, i) => {
    if (text !== '') parts.push({ kind: 'text', text })
    const value = values[i]
    if (value !== undefined) parts.push(...value.parts)
  })
  return { parts }
}

/** A quoted name; several become a dotted path. */
export function id(...names: readonly string[]): Sql {
  return join(
    names.map((name) => ({ parts: [{ kind: 'identifier', name }] })),
    '.',
  )
}

/** A quoted value. */
export function literal(value: SqlValue): Sql {
  return { parts: [{ kind: 'literal', value }] }
}

/** Text taken as it is. Only for SQL that a person wrote and that was checked, and for keywords and types from closed lists. */
export function trusted(text: string): Sql {
  return text === '' ? { parts: [] } : { parts: [{ kind: 'text', text }] }
}

export function join(pieces: readonly Sql[], separator = ', '): Sql {
  return {
    parts: pieces.flatMap((piece, i) =>
      i === 0 ? piece.parts : [{ kind: 'text', text: separator } as const, ...piece.parts],
    ),
  }
}

export function printSql(statement: Sql, dialect: SqlDialect): string {
  return statement.parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text
        case 'identifier':
          return dialect.quoteIdentifier(part.name)
        case 'literal':
          return dialect.quoteLiteral(part.value)
      }
    })
    .join('')
}
