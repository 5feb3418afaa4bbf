import { useEffect, useRef, useState } from 'react'
import type { EngineClient } from '../../../engine/contract/api.ts'
import { unlessChanged } from '../../app/conflict/unless-changed.ts'
import { useConflict } from '../../app/conflict/use-conflict.ts'
import { type DraftContent, useDraftKeeper } from '../../app/drafts/use-draft.ts'
import { useEarlierDrafts } from '../../app/drafts/use-earlier-drafts.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'

export interface OpenedSync {
  readonly text: string
  readonly digest: string
}

export interface SyncPlace {
  readonly tabId: string
  readonly sync: string
  /** Begins again with what the disk holds. */
  readonly onReload: () => void
}

/** The text of a sync being edited: kept as a draft, saved unless somebody else changed the file meanwhile. */
export function useSyncText({ tabId, sync, onReload }: SyncPlace, opened: OpenedSync) {
  const { setDirty } = useWorkbench()
  const file = `syncs/${sync}.yaml`
  const [text, setText] = useState(opened.text)
  // What is typed last must be saved by a key that is pressed before the page is drawn anew.
  const newest = useRef(opened.text)
  const change = (typed: string): void => {
    newest.current = typed
    setText(typed)
  }
  const [saved, setSaved] = useState<OpenedSync>(opened)
  const isEdited = text !== saved.text
  useEffect(() => setDirty(tabId, isEdited), [setDirty, tabId, isEdited])
  const draft: DraftContent = { text, baseDigest: saved.digest }
  const keeper = useDraftKeeper(file, () => (isEdited ? draft : undefined))
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the keeper is the same for the life of the tab
  useEffect(() => keeper()?.changed(), [text, saved])
  const earlier = useEarlierDrafts().find((one) => one.file === file)
  const keeping = useAct((engine) => engine.drafts.save({ file, ...draft }))
  const saving = useAct((engine, content: Content) => saveSync(engine, sync, content), ['syncs', 'workspace'])
  const write = async (expectedDigest: string): Promise<void> => {
    const mine = newest.current
    const done = await saving.run({ text: mine, expectedDigest })
    if (done === undefined) return
    if ('theirs' in done) return meet({ version: done.version, conflict: { file, theirs: done.theirs, mine } })
    setSaved({ text: mine, digest: done.digest })
    keeper()?.settled()
  }
  const { conflict, meet, settle } = useConflict({
    overwrite: write,
    takeTheirs: async () => {
      if ((await keeping.run(undefined)) !== undefined) onReload()
    },
  })
  return {
    text,
    isEdited,
    change,
    save: async (): Promise<void> => {
      if (newest.current !== saved.text && !saving.isRunning) await write(saved.digest)
    },
    discard: (): void => {
      change(saved.text)
      keeper()?.settled()
    },
    isSaving: saving.isRunning,
    failure: saving.failure ?? keeping.failure,
    earlier,
    conflict,
    settle,
  }
}

interface Content {
  readonly text: string
  readonly expectedDigest: string
}

/** Saves, or gives what somebody else saved meanwhile. */
async function saveSync(engine: EngineClient, sync: string, { text, expectedDigest }: Content) {
  const saved = await unlessChanged(engine.syncs.save({ sync, content: { text }, expectedDigest }))
  if (saved !== undefined) return saved
  const theirs = await engine.syncs.get({ sync })
  return { theirs: theirs.text, version: theirs.digest }
}
