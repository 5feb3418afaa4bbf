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
    case 'instant':
      return 'TIMESTAMP'
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

/** A text that stands in a segment when a value needs care, and what it looks like there: `text` is quick to look for. */
export interface TellTale {
  readonly text: string
  readonly pattern: RegExp
}

// DuckDB reads "0044-03-15 BC" as if it were after Christ, its timestamps end in 294247, and `scannedExpression` knows no infinity.
const BEFORE_CHRIST: TellTale = { text: ' BC', pattern: / BC(,|$)/m }
const FAR: TellTale = { text: '2942', pattern: /(^|,)2942[4-7]\d-/m }
const INFINITE: TellTale = { text: 'infinity', pattern: /(^|,)-?infinity(,|$)/m }
const NOT_A_NUMBER: TellTale = { text: 'NaN', pattern: /(^|,)NaN(,|$)/m }

/** What to look for in the segments of a column; without any of it every value converts. */
export function tellTales({ type, transport }: SourceMapping): readonly TellTale[] {
  if (transport.kind === 'decimal') return [NOT_A_NUMBER]
  if (transport.kind === 'calendar') return type === 'DATE' ? [BEFORE_CHRIST] : [BEFORE_CHRIST, FAR]
  if (transport.kind === 'instant') return [BEFORE_CHRIST, FAR, INFINITE]
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
    case 'instant':
      return sql`timezone('UTC', TRY_CAST(${beforeChrist('TIMESTAMP', text)} AS TIMESTAMP))`
    case 'hex':
      return sql`from_hex(substr(${text}, 3))`
    case 'interval':
      return sql`(to_months(TRY_CAST(split_part(${text}, ' ', 1) AS INTEGER)) + to_days(TRY_CAST(split_part(${text}, ' ', 2) AS INTEGER)) + to_microseconds(TRY_CAST(split_part(${text}, ' ', 3) AS BIGINT)))`
    case 'list':
      return sql`CASE WHEN NOT starts_with(${text}, '!') THEN list_transform(${textList(text)}, lambda x: ${duckExpression(transport.element, id('x'))}) END`
  }
}

/** The value of a column that was scanned as `scanType` says. */
export function scannedExpression(mapping: SourceMapping, scanned: Sql): Sql {
  // Ten times as fast as a conversion with a time zone, but infinity would become NULL: it is a tell-tale.
  if (mapping.transport.kind === 'instant') return sql`make_timestamptz(epoch_us(${scanned}))`
  return scanType(mapping) === mapping.type ? scanned : duckExpression(mapping, scanned)
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
