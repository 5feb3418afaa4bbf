import { useEffect } from 'react'
import type { DraftEntry } from '../../../engine/contract/api/drafts.ts'
import type { Failure } from '../../../engine/contract/failure.ts'
import { type DraftContent, useDraftKeeper } from '../../app/drafts/use-draft.ts'
import { useEarlierDrafts } from '../../app/drafts/use-earlier-drafts.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { draftTextOf } from './job-content.ts'
import { isEdited, type JobEdits } from './job-edits.ts'

interface JobDrafts {
  /** Unsaved work of an earlier time. */
  readonly earlier: DraftEntry | undefined
  /** All is saved or thrown away. */
  readonly settled: () => void
  /** Writes what is unsaved now; true when it is on the disk. */
  readonly keep: () => Promise<boolean>
  readonly failure: Failure | undefined
}

/**
 * Keeps what is unsaved of a job as a draft.
 * @param digest of the file that the editing began with
 */
export function useJobDrafts(job: string, edits: JobEdits, digest: string): JobDrafts {
  const file = `jobs/${job}.yaml`
  const keeping = useAct((engine, draft: DraftContent) => engine.drafts.save({ file, ...draft }))
  const unsaved = (): DraftContent => ({ text: draftTextOf(unsavedOf(edits)), baseDigest: digest })
  const keeper = useDraftKeeper(file, () => (isEdited(edits) ? unsaved() : undefined))
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the keeper is the same for the life of the tab
  useEffect(() => keeper()?.changed(), [edits.now, edits.saved])
  const earlier = useEarlierDrafts().find((one) => one.file === file)
  return {
    earlier,
    settled: () => keeper()?.settled(),
    keep: async () => (await keeping.run(unsaved())) !== undefined,
    failure: keeping.failure,
  }
}

function unsavedOf({ now: { text, document, isPrinted } }: JobEdits): Parameters<typeof draftTextOf>[0] {
  return isPrinted || document === undefined ? { text } : { document }
}
