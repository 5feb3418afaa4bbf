import type { Failure } from '../../../engine/contract/failure.ts'
import type { Conflict, ConflictChoice } from '../../app/conflict/ConflictDialog.tsx'
import { useConflict } from '../../app/conflict/use-conflict.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { tabOf } from '../../app/workbench/tab.ts'
import { useCloseTab } from '../../app/workbench/use-close-tab.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { draftTextOf } from './draft-text.ts'
import { type FileVersion, saveForm } from './save-form.ts'
import type { FormDraft } from './use-form-draft.ts'

interface ConnectionActs {
  readonly save: () => Promise<void>
  readonly remove: () => Promise<void>
  readonly isSaving: boolean
  readonly failure: Failure | undefined
  /** Somebody else changed one of its files meanwhile: nothing was written, and a person has to choose. */
  readonly conflict: Conflict | undefined
  readonly settle: (choice: ConflictChoice) => Promise<void>
}

interface PlaceOfForm {
  readonly tabId: string
  /** The file of its drafts. */
  readonly file: string
  /** Begins again with what the disk holds. */
  readonly onReload: () => void
}

/** What can be done with a draft; afterwards its tab shows the stored connection, or is closed. */
export function useConnectionActs(
  { tabId, file, onReload }: PlaceOfForm,
  { draft, digest, settled }: Pick<FormDraft, 'draft' | 'digest' | 'settled'>,
): ConnectionActs {
  const workbench = useWorkbench()
  const saving = useAct(saveForm, ['connections', 'workspace'])
  const removing = useAct(
    (engine, name: string) => engine.connections.remove({ connection: name }),
    ['connections', 'workspace'],
  )
  const keeping = useAct((engine, text: string) =>
    engine.drafts.save({ file, text, ...(digest === undefined ? {} : { baseDigest: digest }) }),
  )
  const closeTab = useCloseTab()
  const closeThis = (): void => closeTab(tabId)
  const write = async (over: FileVersion | undefined): Promise<void> => {
    const saved = await saving.run({ draft, digest, over })
    if (saved === undefined) return
    if ('conflict' in saved) return meet(saved)
    settled(saved)
    const stored = { kind: 'connection', params: { name: draft.name } }
    if (tabOf(stored).id === tabId) return
    closeThis()
    workbench.openTab(stored)
  }
  const takeTheirs = async (): Promise<void> => {
    if ((await keeping.run(draftTextOf(draft))) !== undefined) onReload()
  }
  const { conflict, meet, settle } = useConflict({ overwrite: write, takeTheirs })
  return {
    save: () => write(undefined),
    remove: async () => {
      if ((await removing.run(draft.name)) !== undefined) closeThis()
    },
    isSaving: saving.isRunning,
    failure: saving.failure ?? removing.failure ?? keeping.failure,
    conflict,
    settle,
  }
}
