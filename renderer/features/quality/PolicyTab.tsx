import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PolicyFile } from '../../../engine/contract/policy-file.ts'
import type { TabView } from '../../app/feature.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { CodeEditor } from '../../ui/editor/CodeEditor.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { TextInput } from '../../ui/text/TextInput.tsx'
import { appendItem } from './append-item.ts'
import { DraftButtons } from './DraftButtons.tsx'
import { PolicyPreview } from './PolicyPreview.tsx'
import styles from './Quality.module.css'
import { useTextDraft } from './use-text-draft.ts'

/** A policy as text on one side, rows before and after it on the other. */
export function PolicyTab({ tabId, params: { name } }: TabView<{ name: string }>) {
  const opened = useAnswer(['masking', 'get', name], (engine, signal) =>
    engine.masking.get({ policy: name }, { signal }),
  )
  if (opened.state === 'loading') return <Skeleton rows={6} />
  if (opened.state === 'failed') return <FailureNotice failure={opened.failure} onRetry={opened.retry} />
  return <PolicyEditor key={name} tabId={tabId} name={name} opened={opened.data} />
}

interface PolicyEditorProps {
  readonly tabId: string
  readonly name: string
  readonly opened: { readonly document?: PolicyFile | undefined; readonly text: string; readonly digest: string }
}

function PolicyEditor({ tabId, name, opened }: PolicyEditorProps) {
  const { t } = useTranslation('quality')
  const { openTab } = useWorkbench()
  const [dataset, setDataset] = useState(() => datasetNamedIn(opened.document))
  const isDataset = /^[^:\s][^:]*:[^*]+$/.test(dataset)
  const draft = useTextDraft(
    tabId,
    opened,
    (engine, { text, expectedDigest }) => engine.masking.save({ policy: name, content: { text }, expectedDigest }),
    ['masking'],
  )
  const suggest = useAct((engine) => engine.masking.suggest({ dataset }))
  const add = async (): Promise<void> => {
    const found = (await suggest.run(undefined)) ?? []
    if (found.length === 0) return
    draft.change(
      found.reduce((text, { column, mask }) => appendItem(text, 'columns', { column, dataset, mask }), draft.text),
    )
  }
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <h1>
          <bdi>{name}</bdi>
        </h1>
        <TextInput
          size="small"
          className={styles['dataset'] ?? ''}
          aria-label={t('policy.dataset')}
          placeholder={t('policy.dataset')}
          spellCheck={false}
          value={dataset}
          onText={setDataset}
        />
        <BusyButton size="small" disabled={!isDataset} isBusy={suggest.isRunning} onClick={() => void add()}>
          {t('policy.suggest')}
        </BusyButton>
        <span className={styles['grow']} />
        <DraftButtons draft={draft} />
        <Button
          size="small"
          type="primary"
          disabled={draft.isEdited || !isDataset}
          onClick={() => openTab({ kind: 'dataset', params: { dataset } })}
        >
          {t('policy.take')}
        </Button>
      </header>
      {draft.failure !== undefined && <FailureNotice failure={draft.failure} />}
      {suggest.failure !== undefined && <FailureNotice failure={suggest.failure} />}
      <div className={styles['sides']}>
        <div className={styles['code']}>
          <CodeEditor value={draft.text} label={t('policy.code', { name })} language="yaml" onChange={draft.change} />
        </div>
        <PolicyPreview text={draft.text} dataset={isDataset ? dataset : undefined} />
      </div>
    </div>
  )
}

/** The first dataset that a rule of the policy is for. */
function datasetNamedIn(policy: PolicyFile | undefined): string {
  return policy?.columns.find((rule) => rule.dataset !== undefined)?.dataset ?? ''
}
