import type { SyncRunner } from '../../jobs/sync-runner.ts'
import type { SyncTableStore } from '../../store/sync-tables.ts'
import type { SyncStore } from '../../store/syncs.ts'

/** Where the files of a sync are that was pushed to a server. */
export interface DeployedSync {
  readonly sync: string
  readonly directory: string
  readonly deployedAt: number
}

/** The syncs of an engine. */
export interface SyncService {
  readonly runner: SyncRunner
  readonly store: SyncStore
  readonly tables: SyncTableStore
  /** Of a server: what was pushed to it, by name. Absent where the open workspace has them. */
  readonly deployed?: {
    list(): DeployedSync[]
    /** Whose secrets their connections have. */
    readonly secrets: { readonly directory: string; readonly scope: string }
    /** After its reader was forgotten. */
    remove(sync: string): void
  }
}
