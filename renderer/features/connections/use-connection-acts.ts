import type { Failure } from '../../../engine/contract/failure.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { tabOf } from '../../app/workbench/tab.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import type { ConnectionDraft } from './connection-draft.ts'
import type { FormDraft } from './use-form-draft.ts'

interface ConnectionActs {
  readonly save: () => Promise<void>
  readonly remove: () => Promise<void>
  readonly isSaving: boolean
  readonly failure: Failure | undefined
}

/** What can be done with a draft; afterwards its tab shows the stored connection, or is closed. */
export function useConnectionActs(
  tabId: string,
  { draft, digest, settled }: Pick<FormDraft, 'draft' | 'digest' | 'settled'>,
): ConnectionActs {
  const workbench = useWorkbench()
  const saving = useAct(
    (engine, { name, document, secrets }: ConnectionDraft) =>
      engine.connections.save({
        connection: name,
        document,
        secrets: { ...secrets },
        ...(digest === undefined ? {} : { expectedDigest: digest }),
      }),
    ['connections', 'workspace'],
  )
  const removing = useAct(
    (engine, name: string) => engine.connections.remove({ connection: name }),
    ['connections', 'workspace'],
  )
  const closeThis = (): void => {
    for (const { id, tabs } of workbench.store.getState().groups)
      if (tabs.some((tab) => tab.id === tabId)) workbench.closeTab(id, tabId)
  }
  return {
    save: async () => {
      const saved = await saving.run(draft)
      if (saved === undefined) return
      settled(saved.digest)
      const stored = { kind: 'connection', params: { name: draft.name } }
      if (tabOf(stored).id === tabId) return
      closeThis()
      workbench.openTab(stored)
    },
    remove: async () => {
      if ((await removing.run(draft.name)) !== undefined) closeThis()
    },
    isSaving: saving.isRunning,
    failure: saving.failure ?? removing.failure,
  }
}
