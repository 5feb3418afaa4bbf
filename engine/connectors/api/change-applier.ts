import type { DdlPolicy } from '../../contract/write-mode.ts'
import type { ChangedTable, RowLine } from './changes.ts'
import type { WritePlan } from './writer.ts'

/** A row as it is after the changes; `unchanged` are positions of values that keep what the target has. */
export interface NetRow {
  readonly line: RowLine
  readonly unchanged: readonly number[]
}

/** What is left to do for one table, in this order: empty it, delete, then write. Each key stands once. */
export interface NetTable {
  readonly table: ChangedTable
  readonly isTruncated: boolean
  /** Keys of rows that are gone, whether or not the target has them. Only of tables with keys. */
  readonly deleted: readonly string[]
  /** Rows by key. Of tables without keys: none. */
  readonly written: ReadonlyMap<string, NetRow>
  /** At most one row that got another key and whose left-out values must be taken along: old key to row. Then nothing else. */
  readonly moved: ReadonlyMap<string, NetRow>
  /** Of tables without keys: how many copies of a row come (positive) or go. Lines as latin1 text of their bytes. */
  readonly copies: ReadonlyMap<string, number>
}

export interface ApplyOutcome {
  readonly written: bigint
  readonly deleted: bigint
  /** Rows of which only some values came and that the target does not have. */
  readonly missing: bigint
}

export interface ApplierRequest {
  /** Names the position in the target. */
  readonly reader: string
  /** What an earlier applier of the same runner held: then the position is taken back only if nobody else has taken it since. */
  readonly claim?: string
  readonly signal?: AbortSignal
}

export interface FitRequest {
  /** What the table is called in the target. */
  readonly dataset: string
  readonly ddl: DdlPolicy
  /** Columns that got another type at the source, and are to get it in the target. */
  readonly retyped?: ReadonlySet<string>
  /** Columns of the source that do not go to the target. */
  readonly leftOut?: ReadonlySet<string>
}

/**
 * Brings changes into a target and stores their position beside them, in one transaction. Order of calls: `fit` a table before the
 * first `apply` of it and whenever its shape changed; any number of `apply`; `commit`; and so on. Nothing is visible before `commit`.
 *
 * Whoever opened last owns the position: a commit of an earlier applier fails with `sync.taken_over` and changes nothing. After a
 * failure the applier is disposed; the next one reads `position` to learn whether the last commit took effect.
 */
export interface ChangeApplier extends AsyncDisposable {
  /** What tells this owner of the position from all others. */
  readonly claim: string
  /** What the last commit stored; undefined when nothing was ever stored for this reader. */
  position(): Promise<string | undefined>
  /** Makes the target fit: gives the plan whose statements were run. */
  fit(table: ChangedTable, how: FitRequest): Promise<WritePlan>
  apply(changes: NetTable, dataset: string): Promise<ApplyOutcome>
  /** @throws Failure `sync.taken_over` when another applier was opened since; nothing is committed */
  assertOwned(): Promise<void>
  commit(position: string | undefined): Promise<void>
}
