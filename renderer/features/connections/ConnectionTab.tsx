import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionKind, EnvironmentValues } from '../../../engine/contract/api/connections.ts'
import { DraftOffer } from '../../app/drafts/DraftOffer.tsx'
import { useEarlierDrafts } from '../../app/drafts/use-earlier-drafts.ts'
import type { TabView } from '../../app/feature.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useOpening } from '../../app/rpc/use-opening.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { ConnectionEditor, type ConnectionEditorProps } from './ConnectionEditor.tsx'
import styles from './Connections.module.css'
import { type ConnectionDraft, newDraft } from './connection-draft.ts'
import { draftFrom } from './draft-text.ts'
import { KindPicker } from './KindPicker.tsx'

/** A connection's settings; a new one begins with the choice of its kind. */
export function ConnectionTab({ tabId, params: { name } }: TabView<{ name?: string | undefined }>) {
  const kinds = useAnswer(['connections', 'kinds'], (engine, signal) => engine.connections.kinds(undefined, { signal }))
  const known = useAnswer(['connections', 'list'], (engine, signal) => engine.connections.list(undefined, { signal }))
  if (kinds.state === 'failed') return <FailureNotice failure={kinds.failure} onRetry={kinds.retry} />
  if (known.state === 'failed') return <FailureNotice failure={known.failure} onRetry={known.retry} />
  if (kinds.state === 'loading' || known.state === 'loading') return <Skeleton rows={8} />
  const taken = known.data.map((one) => one.name)
  return (
    <div className={styles['page']}>
      {name === undefined ? (
        <NewConnection tabId={tabId} kinds={kinds.data} taken={taken} />
      ) : (
        <StoredConnection tabId={tabId} name={name} kinds={kinds.data} />
      )}
    </div>
  )
}

const NOTHING: readonly EnvironmentValues[] = []

function fileOf(name: string): string {
  return `connections/${name}.yaml`
}

interface Begun {
  readonly kind: ConnectionKind
  readonly draft: ConnectionDraft
  /** Of its drafts. */
  readonly file: string
  readonly isEdited: boolean
}

interface NewConnectionProps {
  readonly tabId: string
  readonly kinds: readonly ConnectionKind[]
  readonly taken: readonly string[]
}

function NewConnection({ tabId, kinds, taken }: NewConnectionProps) {
  const { t } = useTranslation('connections')
  const [begun, setBegun] = useState<Begun>()
  const drafts = useEarlierDrafts().filter(
    ({ file, baseDigest }) => file.startsWith('connections/') && baseDigest === undefined,
  )
  const begin = (kind: ConnectionKind): void => {
    const draft = newDraft(kind, taken)
    setBegun({ kind, draft, file: fileOf(draft.name), isEdited: false })
  }
  if (begun === undefined) {
    return (
      <>
        {drafts.map((one) => {
          const draft = draftFrom(one.text)
          const kind = kinds.find((known) => known.kind === draft?.document.kind)
          if (draft === undefined || kind === undefined) return null
          const go = (): void => setBegun({ kind, draft, file: one.file, isEdited: true })
          return <DraftOffer key={one.file} draft={one} onTake={go} />
        })}
        <h1>{t('new')}</h1>
        <p>{t('newDetail')}</p>
        <KindPicker kinds={kinds} onPick={begin} />
      </>
    )
  }
  const { kind, draft, file, isEdited } = begun
  return (
    <ConnectionEditor
      tabId={tabId}
      kind={kind}
      initial={draft}
      taken={taken}
      kept={{}}
      stored={NOTHING}
      file={file}
      isEdited={isEdited}
      onReload={() => setBegun(undefined)}
    />
  )
}

interface StoredConnectionProps {
  readonly tabId: string
  readonly name: string
  readonly kinds: readonly ConnectionKind[]
}

function StoredConnection({ tabId, name, kinds }: StoredConnectionProps) {
  const { t } = useTranslation('connections')
  const { opening, reopen } = useOpening()
  const stored = useAnswer(['opening', opening, 'connection', name], (engine, signal) =>
    engine.connections.get({ connection: name }, { signal }),
  )
  if (stored.state === 'loading') return <Skeleton rows={8} />
  if (stored.state === 'failed') return <FailureNotice failure={stored.failure} onRetry={stored.retry} />
  const { document, digest, secrets, text, environments } = stored.data
  const kind = kinds.find((one) => one.kind === document?.kind)
  if (document === undefined || kind === undefined) {
    return (
      <>
        <p>{t('unreadable')}</p>
        <pre>{text}</pre>
      </>
    )
  }
  return (
    <OpenedConnection
      key={opening}
      tabId={tabId}
      kind={kind}
      initial={{ name, document, secrets: {}, environments: {} }}
      taken={[]}
      kept={secrets}
      stored={environments}
      digest={digest}
      file={fileOf(name)}
      onReload={reopen}
    />
  )
}

/** With what an earlier time left unsaved, as it is when this is opened. */
function OpenedConnection(props: Omit<ConnectionEditorProps, 'earlier'>) {
  const earlier = useEarlierDrafts().find(({ file }) => file === props.file)
  return <ConnectionEditor {...props} earlier={earlier} />
}
