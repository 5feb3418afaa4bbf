import type { Column } from '../../contract/column.ts'
import type { Arrangement } from '../../contract/cursor.ts'
import type { Duck } from '../../duck/duck.ts'
import type { Sql } from '../../sql/sql.ts'
import type { ByteFormat } from './byte-format.ts'
import type { Positions } from './positions.ts'

export interface ReadRequest {
  readonly dataset: string
  /** Parsed by the connector's `source` schema: encoding, dialect, header, query, policies … */
  readonly options: unknown
  /** The DuckDB the rows go to. Segment and decoded files live in its `spillDirectory`. */
  readonly duck: Duck
  /** Only these columns, in this order. */
  readonly columns?: readonly string[]
  /** At most this many rows; pushed to the source where it can be, so that a preview of a huge table is quick. */
  readonly limitRows?: number
  /** Only these rows, in this order: asked only of a session that `arranges`, without a condition in SQL. */
  readonly arrangement?: Arrangement
  /** Only rows of this range of keys: asked only of a session that has `keyBound`, and with nothing else that chooses rows. */
  readonly range?: KeyRange
  /** The state of the system at a moment that `ChangeSource.hold` gave and that is still held. */
  readonly moment?: string
  /** A reproducible random sample of about this many rows. Excludes `limitRows`. */
  readonly sample?: { readonly rows: number; readonly seed: number }
  /** Adds the hidden LOCATOR_COLUMN. Only asked for when a node may reject rows: it can cost time. */
  readonly withLocator?: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ReadProgress) => void
}

/** Rows behind `after` and at most at `upTo`, both as the source writes them, in the source's own order of the key. */
export interface KeyRange {
  readonly keys: readonly string[]
  readonly after?: readonly string[]
  readonly upTo?: readonly string[]
}

export interface ReadProgress {
  readonly rows: bigint
  readonly bytes: bigint
  readonly fraction?: number
}

/**
 * Rows on their way in. Dispose to stop the source and remove its files.
 *
 * Either `relation` is set: DuckDB scans the whole dataset by itself, as often as it likes. Or `parts` yields the dataset
 * piece by piece; a part's relation is valid until the next part is asked for. Never both; `parts` is iterated once.
 */
export interface Reading extends AsyncDisposable {
  /** Types are what the relations really have. The locator comes last and is marked hidden. */
  readonly columns: readonly Column[]
  readonly relation?: Sql
  /** The same rows by number, where DuckDB finds them so. Only with `relation`. */
  readonly positions?: Positions
  readonly parts?: AsyncIterable<ReadingPart>
  /** Rows that could not be read (REJECT_COLUMNS, all VARCHAR). For `relation`: valid from the start. */
  readonly rejects?: Sql
  /** Whether nobody can write the dataset while this is open. */
  readonly isExclusive?: boolean
  readonly warnings: readonly string[]
  /** Final once the rows were consumed. `rows` includes the rejected ones and is undefined where only a scan would tell. */
  counts(): { readonly rows?: bigint; readonly rejected: bigint; readonly bytes: bigint }
}

export interface ReadingPart {
  readonly relation: Sql
  readonly rejects?: Sql
}

/** A dataset as bytes, over one or several streams that together hold every row once. */
export interface ByteReading extends AsyncDisposable {
  readonly format: ByteFormat
  readonly columns: readonly Column[]
  readonly streams: readonly (() => AsyncIterable<Uint8Array>)[]
  /** Final once all streams ended. */
  counts(): { readonly rows: bigint; readonly bytes: bigint }
}
