import type { ColumnKind, ExactFigures } from '../../contract/profile/column-profile.ts'

export interface FiguresRequest {
  readonly dataset: string
  /** Parsed by the connector's `source` schema. */
  readonly options: unknown
  readonly columns: readonly FiguredColumn[]
  readonly signal?: AbortSignal
}

/** A column with what may be said about its values once they were read. */
export interface FiguredColumn {
  readonly name: string
  /** DuckDB's. */
  readonly type: string
  readonly kind: ColumnKind
  /** Whether every value is a whole number by its type. */
  readonly isWhole: boolean
  /** Whether there may be NaN, infinities, and numbers beyond 1e150. */
  readonly mayBeExtreme: boolean
}

/** What a system counted in all rows of a dataset; `min` and `max` are its own texts. */
export interface DatasetFigures {
  readonly rows: bigint
  /** By name; columns that the system does not know are left out. */
  readonly columns: ReadonlyMap<string, ColumnFigures>
}

/** Everything but the number of distinct values, which would cost a sort of the table for each column. */
export type ColumnFigures = Omit<ExactFigures, 'distinct'>
