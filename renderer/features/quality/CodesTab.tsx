import { useTranslation } from 'react-i18next'
import type { TabView } from '../../app/feature.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { CodeEditor } from '../../ui/editor/CodeEditor.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { DraftButtons } from './DraftButtons.tsx'
import styles from './Quality.module.css'
import { useTextDraft } from './use-text-draft.ts'

/** A code list as text. */
export function CodesTab({ tabId, params: { name } }: TabView<{ name: string }>) {
  const opened = useAnswer(['standards', 'get', 'codes', name], (engine, signal) =>
    engine.standards.get({ kind: 'codes', name }, { signal }),
  )
  if (opened.state === 'loading') return <Skeleton rows={6} />
  if (opened.state === 'failed') return <FailureNotice failure={opened.failure} onRetry={opened.retry} />
  return <CodesEditor key={name} tabId={tabId} name={name} opened={opened.data} />
}

interface CodesEditorProps {
  readonly tabId: string
  readonly name: string
  readonly opened: { readonly text: string; readonly digest: string }
}

function CodesEditor({ tabId, name, opened }: CodesEditorProps) {
  const { t } = useTranslation('quality')
  const draft = useTextDraft(
    tabId,
    opened,
    (engine, { text, expectedDigest }) => engine.standards.save({ kind: 'codes', name, text, expectedDigest }),
    ['standards', 'quality'],
  )
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <h1>
          <bdi>{name}</bdi>
        </h1>
        <span className={styles['grow']} />
        <DraftButtons draft={draft} />
      </header>
      {draft.failure !== undefined && <FailureNotice failure={draft.failure} />}
      <div className={styles['whole']}>
        <CodeEditor value={draft.text} label={t('codes.code', { name })} language="yaml" onChange={draft.change} />
      </div>
    </div>
  )
}
