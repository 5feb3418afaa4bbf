import type { Session } from '../connectors/api/session.ts'
import type { Column } from '../contract/column.ts'
import type { DatasetRef } from '../contract/dataset.ts'
import type { RunEvent } from '../contract/run.ts'
import type { Keyring } from '../govern/masking/keyring.ts'

/** What a run needs from the outside. The host gives it; tests give real connectors over temporary folders. */
export interface RunPorts {
  /** Opens a session on a connection of the workspace, in the run's environment. The run disposes it. */
  openSession(connection: string, signal?: AbortSignal): Promise<Session>
  /** Parses what a node says about a dataset with the connector's own schema. */
  parseOptions(connection: string, side: 'source' | 'target', options: unknown): unknown
  /** The newest snapshot of a dataset, if one was taken. */
  snapshot(dataset: DatasetRef): Promise<SnapshotRef | undefined>
  /** The keys that masks name. @throws Failure `mask.key_missing` */
  keys(names: readonly string[]): Promise<Keyring>
  emit(event: Omit<RunEvent, 'runId' | 'sequence' | 'at'>): void
}

export interface SnapshotRef {
  readonly path: string
  readonly takenAt: string
  readonly columns: readonly Column[]
  readonly rows: string
}
