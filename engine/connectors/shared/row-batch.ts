import type { Reject } from '../../contract/reject.ts'

/** Rows of a piece of the source. A row is a line made by `rowLine`. */
export interface RowBatch {
  readonly rows: readonly string[]
  readonly rejects: readonly Reject[]
}
