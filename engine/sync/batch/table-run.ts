import type { Session } from '../../connectors/api/session.ts'
import type { Column } from '../../contract/column.ts'
import type { DdlPolicy } from '../../contract/write-mode.ts'
import type { Duck } from '../../duck/duck.ts'
import type { StoredSyncLoad } from '../../store/sync-loads.ts'
import type { Now } from './cursor.ts'
import type { TableSettings } from './table-settings.ts'
import type { Throttle } from './throttle.ts'

/** What is noted about a table while it is loaded. */
export interface TableNotes {
  readonly load: StoredSyncLoad
  /** Keeps what changed about the loads; what is set to undefined is forgotten. */
  keep(more: { readonly [Name in keyof StoredSyncLoad]: StoredSyncLoad[Name] | undefined }): void
  /** A copy begins anew; so many rows are there already. */
  startCopy(rows: bigint): void
  copied(rows: bigint): void
  applied(rows: { readonly written: bigint; readonly deleted: bigint }): void
  nullCursors(rows: bigint): void
}

/** Columns as the target is told of them: a type's name in another kind of system means nothing there, or something else. */
export function columnsForTarget({ sharesTypes }: TableRun, columns: readonly Column[]): Column[] {
  return columns.map(({ sourceType, ...column }) => ({
    ...column,
    ...(sharesTypes && sourceType !== undefined ? { sourceType } : {}),
  }))
}

/** One table on its way from source to target. */
export interface TableRun {
  readonly source: Session
  readonly target: Session
  /** Whether a type of the source has the same name and meaning in the target. */
  readonly sharesTypes: boolean
  /** A connection of its own; its tables are named after nothing but their role. */
  readonly duck: Duck
  readonly dataset: string
  readonly to: string
  readonly settings: TableSettings
  /** Instead of a table, and where its first load begins. */
  readonly query: { readonly text: string; readonly from: string | undefined } | undefined
  /** Columns of the source that go to the target. */
  readonly columns: readonly Column[]
  readonly keys: readonly string[]
  readonly ddl: DdlPolicy
  readonly chunkRows: number
  /** Chunks that are read at the same time. */
  readonly chunksAtOnce: number
  /** Begins the ids of its loads: the same for the same table of the same sync, at most 60 characters. */
  readonly loadPrefix: string
  readonly notes: TableNotes
  readonly throttle: Throttle
  /** Takes what must wait until other tables have their new rows; absent where nothing refers to this one. */
  readonly later: ((work: () => Promise<void>) => void) | undefined
  /** When this run began. */
  readonly now: Now
  readonly signal: AbortSignal
}
