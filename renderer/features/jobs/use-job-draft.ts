import { useEffect, useState } from 'react'
import type { DraftEntry } from '../../../engine/contract/api/drafts.ts'
import type { Failure } from '../../../engine/contract/failure.ts'
import { useDraftKeeper } from '../../app/drafts/use-draft.ts'
import { useEarlierDrafts } from '../../app/drafts/use-earlier-drafts.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { contentOf, draftTextOf, type JobContent } from './job-content.ts'

interface JobDraft {
  /** Absent while nothing is edited. */
  readonly edited: JobContent | undefined
  readonly change: (content: JobContent) => void
  /** Unsaved work of an earlier time. */
  readonly earlier: DraftEntry | undefined
  readonly take: (draft: DraftEntry) => void
  readonly save: () => Promise<void>
  readonly discard: () => void
  readonly isSaving: boolean
  readonly failure: Failure | undefined
}

interface Draft {
  readonly content: JobContent
  /** Of the file that the editing began with: when another is there by the time of saving, that is a conflict. */
  readonly digest: string
}

/** What is edited of a job and not saved yet; a file that changes meanwhile does not take it away. */
export function useJobDraft(tabId: string, job: string, digest: string): JobDraft {
  const { setDirty } = useWorkbench()
  const [draft, setDraft] = useState<Draft>()
  const act = useAct(
    (engine, { content, digest: expectedDigest }: Draft) => engine.jobFiles.save({ job, content, expectedDigest }),
    ['jobFiles', 'workspace'],
  )
  const file = `jobs/${job}.yaml`
  const keeper = useDraftKeeper(file, () =>
    draft === undefined ? undefined : { text: draftTextOf(draft.content), baseDigest: draft.digest },
  )
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the keeper is the same for the life of the tab
  useEffect(() => keeper()?.changed(), [draft])
  const earlier = useEarlierDrafts().find((one) => one.file === file)
  const discard = (): void => {
    keeper()?.settled()
    setDraft(undefined)
    setDirty(tabId, false)
    act.reset()
  }
  return {
    edited: draft?.content,
    earlier,
    take: ({ text, baseDigest }) => {
      setDraft({ content: contentOf(text), digest: baseDigest ?? digest })
      setDirty(tabId, true)
    },
    change: (content) => {
      setDraft({ content, digest: draft?.digest ?? digest })
      setDirty(tabId, true)
    },
    save: async () => {
      if (draft !== undefined && (await act.run(draft)) !== undefined) discard()
    },
    discard,
    isSaving: act.isRunning,
    failure: act.failure,
  }
}
