import type { Column, Fidelity } from '../../contract/column.ts'
import type { Cell } from '../../contract/page.ts'
import type { DdlPolicy, WriteMode } from '../../contract/write-mode.ts'
import type { Duck } from '../../duck/duck.ts'
import type { Sql } from '../../sql/sql.ts'
import type { ByteFormat } from './byte-format.ts'
import type { Reading } from './reading.ts'

export interface WriteRequest {
  readonly dataset: string
  /** The columns to write, without hidden ones. */
  readonly columns: readonly Column[]
  readonly mode: WriteMode
  /** Non-empty for KEYED_MODES; all are names in `columns`. */
  readonly keys: readonly string[]
  /** Same id, same load: a load that was already committed under this id is not applied again. */
  readonly loadId: string
  /** Parsed by the connector's `target` schema. */
  readonly options: unknown
  readonly ddl: DdlPolicy
  /** Statements that a person edited; replace those of the plan. */
  readonly ddlStatements?: readonly string[]
  /** Stored beside the data in the same transaction (`_runnel_state`) where the target can. */
  readonly state?: Cell
  readonly duck: Duck
  readonly signal?: AbortSignal
}

export interface ColumnMapping {
  readonly column: string
  readonly from: string
  readonly to: string
  readonly fidelity: Fidelity
}

/** What a load would do to the target before any row is written. */
export interface WritePlan {
  readonly exists: boolean
  /** DDL in the target's dialect, in order. Empty when the target fits. */
  readonly statements: readonly string[]
  readonly mappings: readonly ColumnMapping[]
  readonly warnings: readonly string[]
}

export interface WriteOutcome {
  readonly inserted: bigint
  readonly updated: bigint
  readonly deleted: bigint
  readonly targetRows?: bigint
}

/**
 * One load. Order of calls: `stage` or `stageBytes` any number of times, `readBack` at most once, `commit` once; then dispose.
 *
 * Until `commit` nothing is visible in the target. Disposal without `commit` removes the stage. A stage left behind by a killed
 * process is removed by the next writer to the same dataset.
 */
export interface Writer extends AsyncDisposable {
  readonly plan: WritePlan
  /** Set when this load id was committed before: skip staging, take this as the outcome. */
  readonly committed?: WriteOutcome
  readonly byteFormats: readonly ByteFormat[]
  /** Loads the relation's rows (of `request.columns`, by name) into the stage. Gives the rows staged by this call. */
  stage(relation: Sql): Promise<bigint>
  stageBytes?(format: ByteFormat, columns: readonly Column[], bytes: AsyncIterable<Uint8Array>): Promise<bigint>
  /** The staged rows as the target would give them back, for verification. */
  readBack(): Promise<Reading>
  /**
   * Merges the stage and stores load id and state, in one transaction where the target has them; else swaps durably.
   * When the reply to the commit is lost, the outcome is looked up by load id on a new connection.
   */
  commit(): Promise<WriteOutcome>
}
