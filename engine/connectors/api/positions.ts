import type { Sql } from '../../sql/sql.ts'

/** BIGINT column that numbers the rows of a dataset from 0. */
export const POSITION_COLUMN = '_runnel_position'

/** Rows by their position, found without reading what stands before them: what a grid of a hundred million rows jumps with. */
export interface Positions {
  readonly rows: bigint
  /** All rows, with POSITION_COLUMN last. */
  readonly relation: Sql
  /** The same for the rows of positions `from` <= p < `to`, in no order. */
  range(from: bigint, to: bigint): Sql
  /** The same for the rows at these positions, in no order. */
  pick(positions: readonly bigint[]): Sql
}
