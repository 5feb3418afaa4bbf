import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TabView } from '../../app/feature.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { CodeEditor } from '../../ui/editor/CodeEditor.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { TextInput } from '../../ui/text/TextInput.tsx'
import { Deviations } from './Deviations.tsx'
import { DraftButtons } from './DraftButtons.tsx'
import styles from './Quality.module.css'
import { useTextDraft } from './use-text-draft.ts'

/** A standard as text on one side, what departs from it on the other, told while it is written. */
export function StandardTab({ tabId, params: { name } }: TabView<{ name: string }>) {
  const opened = useAnswer(['standards', 'get', 'standard', name], (engine, signal) =>
    engine.standards.get({ kind: 'standard', name }, { signal }),
  )
  if (opened.state === 'loading') return <Skeleton rows={6} />
  if (opened.state === 'failed') return <FailureNotice failure={opened.failure} onRetry={opened.retry} />
  return <StandardEditor key={name} tabId={tabId} name={name} opened={opened.data} />
}

interface StandardEditorProps {
  readonly tabId: string
  readonly name: string
  readonly opened: { readonly text: string; readonly digest: string }
}

function StandardEditor({ tabId, name, opened }: StandardEditorProps) {
  const { t } = useTranslation('quality')
  const [of, setOf] = useState('')
  const draft = useTextDraft(
    tabId,
    opened,
    (engine, { text, expectedDigest }) => engine.standards.save({ kind: 'standard', name, text, expectedDigest }),
    ['standards'],
  )
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <h1>
          <bdi>{name}</bdi>
        </h1>
        <TextInput
          size="small"
          className={styles['dataset'] ?? ''}
          aria-label={t('standard.of')}
          placeholder={t('standard.of')}
          spellCheck={false}
          value={of}
          onText={setOf}
        />
        <span className={styles['grow']} />
        <DraftButtons draft={draft} />
      </header>
      {draft.failure !== undefined && <FailureNotice failure={draft.failure} />}
      <div className={styles['sides']}>
        <div className={styles['code']}>
          <CodeEditor value={draft.text} label={t('standard.code', { name })} language="yaml" onChange={draft.change} />
        </div>
        <Deviations name={name} text={draft.text} of={of.trim()} isEdited={draft.isEdited} />
      </div>
    </div>
  )
}
