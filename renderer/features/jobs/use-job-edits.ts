import { useEffect, useState } from 'react'
import type { DraftEntry } from '../../../engine/contract/api/drafts.ts'
import type { EngineClient } from '../../../engine/contract/api.ts'
import type { JobFile } from '../../../engine/contract/job-file.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { contentOf as draftContentOf } from './job-content.ts'
import {
  isEdited,
  type JobContent,
  type JobEdits,
  openEdits,
  redone,
  undone,
  withDocument,
  withOtherForm,
  withText,
} from './job-edits.ts'
import { useJobDrafts } from './use-job-drafts.ts'
import { useJobSaving } from './use-job-saving.ts'

export type JobView = 'form' | 'code'

export interface OpenedJob {
  readonly document?: JobFile | undefined
  readonly text: string
  readonly digest: string
}

export interface JobPlace {
  readonly tabId: string
  readonly job: string
  /** Begins again with what the disk holds. */
  readonly onReload: () => void
}

/** A job being edited: its state in one value, and what can be done with it. */
export function useJobEdits({ tabId, job, onReload }: JobPlace, opened: OpenedJob) {
  const { setDirty } = useWorkbench()
  const { edits, setEdits: change, digest, setDigest } = useOpenedEdits(opened)
  const [view, setView] = useState<JobView>(opened.document === undefined ? 'code' : 'form')
  const dirty = isEdited(edits)
  useEffect(() => setDirty(tabId, dirty), [setDirty, tabId, dirty])
  const { print, parse } = useJobFile()
  const { earlier, settled, keep, failure } = useJobDrafts(job, edits, digest)
  const textNow = (): Promise<string | undefined> => print.run(edits.now)

  const show = async (wanted: JobView): Promise<void> => {
    const { now } = edits
    if (wanted === 'code') {
      const text = await textNow()
      if (text === undefined) return
      change((current) => withOtherForm(current, now, { text, isPrinted: true }))
    } else if (now.document === undefined) {
      const document = (await parse.run(now.text))?.document
      if (document === undefined) return
      change((current) => withOtherForm(current, now, { document }))
    }
    setView(wanted)
  }
  const { save, conflict, settle, saving } = useJobSaving(
    { job, digest, setDigest, edits, change, onReload },
    { textNow, settled, keep },
  )
  return {
    edits,
    // A step of undo may lead back to a text that is no job.
    view: edits.now.document === undefined ? 'code' : view,
    isEdited: dirty,
    editForm: (document: JobFile, field?: string): void => change(withDocument(edits, document, field)),
    editText: (text: string): void => change(withText(edits, text)),
    undo: (): void => change(undone(edits)),
    redo: (): void => change(redone(edits)),
    discard: (): void => {
      change(openEdits(edits.saved))
      settled()
    },
    earlier,
    take: (draft: DraftEntry): void => {
      setDigest(draft.baseDigest ?? digest)
      change(withDraft(edits, draft.text))
    },
    show,
    save,
    conflict,
    settle,
    isBusy: print.isRunning || parse.isRunning || saving.isRunning,
    failure: saving.failure ?? print.failure ?? parse.failure ?? failure,
  }
}

/** The edits of a file, and its digest when they began: another one by the time of saving is a conflict. */
function useOpenedEdits(opened: OpenedJob) {
  const [edits, setEdits] = useState<JobEdits>(() => openEdits(contentOf(opened)))
  const [digest, setDigest] = useState(opened.digest)
  const [seen, setSeen] = useState(opened.digest)
  if (opened.digest !== seen) {
    setSeen(opened.digest)
    // Changed by somebody else: taken where nothing is edited, a conflict at the next save where something is.
    if (opened.digest !== digest && !isEdited(edits)) {
      setDigest(opened.digest)
      setEdits(openEdits(contentOf(opened)))
    }
  }
  return { edits, setEdits, digest, setDigest }
}

/** What an earlier time left is one step of undo. */
function withDraft(edits: JobEdits, text: string): JobEdits {
  const kept = draftContentOf(text)
  return 'document' in kept ? withDocument(edits, kept.document, undefined) : withText(edits, kept.text)
}

function useJobFile() {
  return { print: useAct(printed), parse: useAct((engine, text: string) => engine.jobFiles.parse({ text })) }
}

function contentOf({ document, text }: OpenedJob): JobContent {
  return { text, document, isPrinted: true }
}

async function printed(engine: EngineClient, { text, document, isPrinted }: JobContent): Promise<string> {
  return isPrinted || document === undefined ? text : (await engine.jobFiles.print({ document, text })).text
}
