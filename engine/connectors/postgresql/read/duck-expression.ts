import { id, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { SourceMapping } from '../types/source-type.ts'

/** How a column of a segment is scanned when nothing in the segment needs care. */
export function scanType({ type, transport }: SourceMapping): string {
  switch (transport.kind) {
    case 'plain':
    case 'calendar':
    case 'decimal':
    case 'money':
    case 'text':
      return type
    case 'hex':
    case 'interval':
    case 'list':
      return 'VARCHAR'
  }
}

/** Whether a value of the column may fail to convert in any segment, not only in one that holds a tell-tale. */
export function isAlwaysCareful({ transport }: SourceMapping): boolean {
  return transport.kind === 'interval' || transport.kind === 'list'
}

/** Texts that can only stand in a segment when a value of the column needs care. */
export function tellTales({ type, transport }: SourceMapping): readonly string[] {
  if (transport.kind === 'decimal') return ['NaN']
  // DuckDB's timestamps end in 294247; it reads "0044-03-15 BC" as if it were after Christ.
  if (transport.kind === 'calendar') return type === 'DATE' ? ['BC'] : ['BC', '2942']
  return []
}

/** The value of a text, NULL when it is none that DuckDB's type can hold. */
export function duckExpression({ type, transport }: SourceMapping, text: Sql): Sql {
  switch (transport.kind) {
    case 'plain':
    case 'decimal':
    case 'money':
    case 'text':
      return type === 'VARCHAR' ? text : sql`TRY_CAST(${text} AS ${trusted(type)})`
    case 'calendar':
      return sql`TRY_CAST(${beforeChrist(type, text)} AS ${trusted(type)})`
    case 'hex':
      return sql`from_hex(substr(${text}, 3))`
    case 'interval':
      return sql`(to_months(TRY_CAST(split_part(${text}, ' ', 1) AS INTEGER)) + to_days(TRY_CAST(split_part(${text}, ' ', 2) AS INTEGER)) + to_microseconds(TRY_CAST(split_part(${text}, ' ', 3) AS BIGINT)))`
    case 'list':
      return sql`CASE WHEN NOT starts_with(${text}, '!') THEN list_transform(${textList(text)}, lambda x: ${duckExpression(transport.element, id('x'))}) END`
  }
}

/** Whether the text is there and its value is not. */
export function isUnreadable(mapping: SourceMapping, text: Sql): Sql {
  const value = duckExpression(mapping, text)
  if (mapping.transport.kind !== 'list') return sql`(${text} IS NOT NULL AND ${value} IS NULL)`
  return sql`(${text} IS NOT NULL AND (starts_with(${text}, '!') OR list_count(${textList(text)}) <> list_count(${value})))`
}

function textList(text: Sql): Sql {
  return sql`from_json(CASE WHEN NOT starts_with(${text}, '!') THEN ${text} END, '["VARCHAR"]')`
}

function beforeChrist(type: string, text: Sql): Sql {
  const moved =
    type === 'DATE'
      ? sql`regexp_replace(${text}, '^(\\S+) BC$', '\\1 (BC)')`
      : sql`regexp_replace(${text}, '^(\\S+) (.*) BC$', '\\1 (BC) \\2')`
  return sql`CASE WHEN ends_with(${text}, ' BC') THEN ${moved} ELSE ${text} END`
}
