import { useState } from 'react'
import type { EngineClient } from '../../../engine/contract/api.ts'
import type { Failure } from '../../../engine/contract/failure.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'

interface Opened {
  readonly text: string
  readonly digest: string
}

export interface TextDraft {
  /** As it is edited, else as it is in the file. */
  readonly text: string
  readonly isEdited: boolean
  readonly change: (text: string) => void
  readonly save: () => Promise<void>
  readonly discard: () => void
  readonly isSaving: boolean
  readonly failure: Failure | undefined
}

type Save = (engine: EngineClient, file: { text: string; expectedDigest: string }) => Promise<unknown>

/** A file edited as text. One that changes meanwhile does not take the edits away; saving then says so. */
export function useTextDraft(tabId: string, opened: Opened, save: Save, areas: readonly string[]): TextDraft {
  const { setDirty } = useWorkbench()
  const [draft, setDraft] = useState<Opened>()
  const act = useAct((engine, { text, digest }: Opened) => save(engine, { text, expectedDigest: digest }), areas)
  const discard = (): void => {
    setDraft(undefined)
    setDirty(tabId, false)
    act.reset()
  }
  return {
    text: draft?.text ?? opened.text,
    isEdited: draft !== undefined,
    change: (text) => {
      setDraft({ text, digest: draft?.digest ?? opened.digest })
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
