import { useEffect, useState } from 'react'
import type { OwnSettings } from '../../../engine/contract/api/connections.ts'
import { useDraftKeeper } from '../../app/drafts/use-draft.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import type { ConnectionDraft } from './connection-draft.ts'
import { draftTextOf } from './draft-text.ts'

/** Where the form stands that is edited, and what it began with. */
interface FormBase {
  readonly tabId: string
  /** The draft's file; of a new connection the one that its first name would give. */
  readonly file: string
  readonly digest: string | undefined
  /** Secret fields that have a value already. */
  readonly kept: Readonly<Record<string, boolean>>
  /** Begins with what was not saved at an earlier time. */
  readonly isEdited: boolean
}

/** What the engine says of a form that it saved. */
export interface SavedForm {
  readonly digest: string
  readonly environments: Readonly<Record<string, OwnSettings>>
}

export interface FormDraft {
  readonly draft: ConnectionDraft
  /** Of the file that the editing began with; undefined for a new connection. */
  readonly digest: string | undefined
  readonly kept: Readonly<Record<string, boolean>>
  readonly change: (part: Partial<ConnectionDraft>) => void
  /** Takes up an earlier draft, which may have begun with another file than the one that is there now. */
  readonly take: (earlier: ConnectionDraft, baseDigest: string | undefined) => void
  /** Everything is saved: secrets that were typed are kept by the engine now. */
  readonly settled: (saved: SavedForm) => void
}

/** What is typed into a connection's form and not saved yet; kept as a draft, without its secrets. */
export function useFormDraft(base: FormBase, initial: ConnectionDraft): FormDraft {
  const { tabId, file } = base
  const { setDirty } = useWorkbench()
  const [draft, setDraft] = useState(initial)
  const [kept, setKept] = useState(base.kept)
  const [digest, setDigest] = useState(base.digest)
  const [isEdited, setEdited] = useState(base.isEdited)
  const keeper = useDraftKeeper(file, () =>
    isEdited ? { text: draftTextOf(draft), ...(digest === undefined ? {} : { baseDigest: digest }) } : undefined,
  )
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the keeper is the same for the life of the tab
  useEffect(() => keeper()?.changed(), [draft, isEdited])
  useEffect(() => setDirty(tabId, isEdited), [setDirty, tabId, isEdited])
  /** From the newest draft: one of two changes at once would take the other back. */
  const edit = (change: (newest: ConnectionDraft) => ConnectionDraft): void => {
    setDraft(change)
    setEdited(true)
  }
  return {
    draft,
    digest,
    kept,
    change: (part) => edit((newest) => ({ ...newest, ...part })),
    take: (earlier, baseDigest) => {
      edit(() => earlier)
      setDigest(baseDigest ?? digest)
    },
    settled: (saved) => {
      keeper()?.settled()
      setDigest(saved.digest)
      const typed = Object.entries(draft.secrets).map(([name, secret]) => [name, secret !== null])
      setKept({ ...kept, ...Object.fromEntries(typed) })
      const written = Object.entries(saved.environments).map(([name, settings]) => [
        name,
        { settings, expected: settings, secrets: {} },
      ])
      const environments = { ...draft.environments, ...Object.fromEntries(written) }
      setDraft({ ...draft, secrets: {}, environments })
      setEdited(false)
    },
  }
}
