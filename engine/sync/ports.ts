import type { Session } from '../connectors/api/session.ts'
import type { SyncAct, SyncStatus } from '../contract/sync.ts'
import type { SyncFile } from '../contract/sync-file.ts'
import type { Duck } from '../duck/duck.ts'
import type { SyncTableStore } from '../store/sync-tables.ts'

/** What a sync needs from the host. */
export interface SyncPorts {
  readonly openSession: (connection: string, signal: AbortSignal) => Promise<Session>
  readonly kindOf: (connection: string) => string
  /** One for the copies; disposed by the sync. */
  readonly openDuck: (folders: readonly string[]) => Promise<Duck>
  readonly tables: SyncTableStore
  /** Told whenever something changed, a few times a second at most. */
  readonly tell: (status: SyncStatus) => void
  /** Told what was done to the target's structure. */
  readonly note?: (act: SyncAct) => void
}

export interface SyncRequest {
  readonly name: string
  readonly file: SyncFile
  /** Copies all tables again, or those named, before following them. */
  readonly resync?: readonly string[] | 'all'
  /** Reads rows again whose cursor is at least `from` and less than `to`; of tables that are kept up by a cursor. */
  readonly backfill?: { readonly from: string; readonly to: string }
  /** Reads messages again that were refused, before what comes. */
  readonly replay?: boolean
  /** Ends once everything that had happened when it began is applied. */
  readonly untilCaughtUp?: boolean
  readonly signal: AbortSignal
}
