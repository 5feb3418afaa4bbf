import type { Failure } from '../contract/failure.ts'
import type { Resync, SyncAct, SyncStatus } from '../contract/sync.ts'
import type { SyncWork } from '../store/syncs.ts'

/** How the process of a sync came to its end. */
export type SyncEnd =
  | { readonly kind: 'stopped' }
  /** It will not pass by itself. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** The process died, or was killed because it said nothing any more. */
  | { readonly kind: 'lost'; readonly failure: Failure }

/** A sync under way in a process of its own. */
export interface SyncProcess {
  /** Never rejects. */
  readonly end: Promise<SyncEnd>
  /** Asks it to stop; it ends where it can go on later. */
  stop(): void
  /** Ends it at once. */
  kill(): void
}

export interface SyncProcessRequest {
  readonly sync: string
  readonly work: SyncWork
  readonly resync?: Resync
  readonly onStatus: (status: SyncStatus) => void
  readonly onAct: (act: SyncAct) => void
}

export type StartSyncProcess = (request: SyncProcessRequest) => SyncProcess
