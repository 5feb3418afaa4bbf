import type { SourceTable, SyncDraft } from './sync-draft.ts'

/** What a step of the wizard works with. */
export interface StepProps {
  readonly draft: SyncDraft
  readonly change: (more: Partial<SyncDraft>) => void
  /** Of the source; empty until they are known. */
  readonly tables: readonly SourceTable[]
}
