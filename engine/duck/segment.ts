import type { Column } from '../contract/column.ts'
import { id, join, literal, type Sql, sql } from '../sql/sql.ts'

/** How the text of a segment file is written. */
export interface SegmentDialect {
  readonly delimiter: string
  /** Empty: nothing is quoted. */
  readonly quote: string
  readonly escape: string
  /** The text of NULL; only where unquoted when `quote` is set. */
  readonly nullText: string
}

/** RFC 4180 with NULL as an unquoted empty field and the empty text as `""`: what PostgreSQL's COPY CSV and DuckDB's COPY write. */
export const CSV_SEGMENT: SegmentDialect = { delimiter: ',', quote: '"', escape: '"', nullText: '' }

/** What the writer of the segments knows about them. */
export interface SegmentShape {
  /** Needed beyond 16 MiB: DuckDB allocates two lines per thread and file, so it cannot simply be large. */
  readonly longestLineBytes?: number
  /** Each file is then read by one thread, since DuckDB guesses where a row begins in the middle of a file. */
  readonly hasQuotedNewlines?: boolean
}

const LINE_BYTES = 16 * 1024 * 1024

/**
 * A scan of headerless UTF-8 segment files whose lines end in LF, with declared columns; no sniffing, no silent repair.
 *
 * The columns' types must be ones that DuckDB reads from text; a value that does not fit fails the query.
 */
export function scanSegments(
  files: readonly string[],
  columns: readonly Column[],
  dialect: SegmentDialect,
  shape: SegmentShape = {},
): Sql {
  const lineBytes = Math.max(shape.longestLineBytes ?? 0, LINE_BYTES)
  const isParallel = shape.hasQuotedNewlines !== true
  const types = join(columns.map(({ name, type }) => sql`${literal(name)}: ${literal(type)}`))
  return sql`SELECT ${join(columns.map(({ name }) => id(name)))} FROM read_csv([${join(files.map(literal))}], auto_detect = false, header = false, columns = {${types}}, delim = ${literal(dialect.delimiter)}, quote = ${literal(dialect.quote)}, escape = ${literal(dialect.escape)}, nullstr = ${literal(dialect.nullText)}, allow_quoted_nulls = false, strict_mode = true, new_line = '\\n', parallel = ${literal(isParallel)}, max_line_size = ${literal(lineBytes)}, buffer_size = ${literal(2 * lineBytes)})`
}
