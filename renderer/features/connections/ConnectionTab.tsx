import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionKind } from '../../../engine/contract/api/connections.ts'
import type { TabView } from '../../app/feature.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { ConnectionEditor } from './ConnectionEditor.tsx'
import styles from './Connections.module.css'
import { type ConnectionDraft, newDraft } from './connection-draft.ts'
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

interface NewConnectionProps {
  readonly tabId: string
  readonly kinds: readonly ConnectionKind[]
  readonly taken: readonly string[]
}

function NewConnection({ tabId, kinds, taken }: NewConnectionProps) {
  const { t } = useTranslation('connections')
  const [begun, setBegun] = useState<{ readonly kind: ConnectionKind; readonly draft: ConnectionDraft }>()
  if (begun === undefined) {
    return (
      <>
        <h1>{t('new')}</h1>
        <p>{t('newDetail')}</p>
        <KindPicker kinds={kinds} onPick={(kind) => setBegun({ kind, draft: newDraft(kind, taken) })} />
      </>
    )
  }
  return <ConnectionEditor tabId={tabId} kind={begun.kind} initial={begun.draft} taken={taken} kept={{}} />
}

interface StoredConnectionProps {
  readonly tabId: string
  readonly name: string
  readonly kinds: readonly ConnectionKind[]
}

function StoredConnection({ tabId, name, kinds }: StoredConnectionProps) {
  const { t } = useTranslation('connections')
  const stored = useAnswer(['connections', 'get', name], (engine, signal) =>
    engine.connections.get({ connection: name }, { signal }),
  )
  if (stored.state === 'loading') return <Skeleton rows={8} />
  if (stored.state === 'failed') return <FailureNotice failure={stored.failure} onRetry={stored.retry} />
  const { document, digest, secrets, text } = stored.data
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
    <ConnectionEditor
      key={digest}
      tabId={tabId}
      kind={kind}
      initial={{ name, document, secrets: {} }}
      taken={[]}
      kept={secrets}
      digest={digest}
    />
  )
}
