import { useState } from 'react'
import type { Failure } from '../../../engine/contract/failure.ts'
import type { JobFile } from '../../../engine/contract/job-file.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'

export type JobContent = { readonly document: JobFile } | { readonly text: string }

interface JobDraft {
  /** Absent while nothing is edited. */
  readonly edited: JobContent | undefined
  readonly change: (content: JobContent) => void
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
  const discard = (): void => {
    setDraft(undefined)
    setDirty(tabId, false)
    act.reset()
  }
  return {
    edited: draft?.content,
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
