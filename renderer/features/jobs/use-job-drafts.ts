import { useEffect } from 'react'
import type { DraftEntry } from '../../../engine/contract/api/drafts.ts'
import { useDraftKeeper } from '../../app/drafts/use-draft.ts'
import { useEarlierDrafts } from '../../app/drafts/use-earlier-drafts.ts'
import { draftTextOf } from './job-content.ts'
import { isEdited, type JobEdits } from './job-edits.ts'

interface JobDrafts {
  /** Unsaved work of an earlier time. */
  readonly earlier: DraftEntry | undefined
  /** All is saved or thrown away. */
  readonly settled: () => void
}

/**
 * Keeps what is unsaved of a job as a draft.
 * @param digest of the file that the editing began with
 */
export function useJobDrafts(job: string, edits: JobEdits, digest: string): JobDrafts {
  const file = `jobs/${job}.yaml`
  const keeper = useDraftKeeper(file, () =>
    isEdited(edits) ? { text: draftTextOf(unsavedOf(edits)), baseDigest: digest } : undefined,
  )
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the keeper is the same for the life of the tab
  useEffect(() => keeper()?.changed(), [edits.now])
  const earlier = useEarlierDrafts().find((one) => one.file === file)
  return { earlier, settled: () => keeper()?.settled() }
}

function unsavedOf({ now: { text, document, isPrinted } }: JobEdits): Parameters<typeof draftTextOf>[0] {
  return isPrinted || document === undefined ? { text } : { document }
}
