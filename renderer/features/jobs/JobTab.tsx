import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobFile } from '../../../engine/contract/job-file.ts'
import { DraftOffer } from '../../app/drafts/DraftOffer.tsx'
import type { TabView } from '../../app/feature.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useTabKeys } from '../../app/workbench/use-tab-keys.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { CodeEditor } from '../../ui/editor/CodeEditor.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { JobForm } from './JobForm.tsx'
import styles from './Jobs.module.css'
import { useJobDraft } from './use-job-draft.ts'

interface OpenedJob {
  readonly document?: JobFile | undefined
  readonly text: string
  readonly digest: string
}

/** One job: its steps and schedule as a form, or all of it as text. */
export function JobTab({ tabId, params: { name } }: TabView<{ name: string }>) {
  const opened = useAnswer(['jobFiles', 'get', name], (engine, signal) =>
    engine.jobFiles.get({ job: name }, { signal }),
  )
  if (opened.state === 'loading') return <Skeleton rows={6} />
  if (opened.state === 'failed') return <FailureNotice failure={opened.failure} onRetry={opened.retry} />
  return <JobEditor key={name} tabId={tabId} name={name} opened={opened.data} />
}

interface JobEditorProps {
  readonly tabId: string
  readonly name: string
  readonly opened: OpenedJob
}

function JobEditor({ tabId, name, opened }: JobEditorProps) {
  const { t } = useTranslation('jobs')
  const { openTab } = useWorkbench()
  const { edited, change, earlier, take, save, discard, isSaving, failure } = useJobDraft(tabId, name, opened.digest)
  const [chosenCode, setCode] = useState(opened.document === undefined)
  // What is edited is shown as it is edited, also when it was begun at an earlier time.
  const isCode = edited === undefined ? chosenCode : 'text' in edited
  useTabKeys('mod+s', () => void save(), { inFields: true })
  const document = edited !== undefined && 'document' in edited ? edited.document : opened.document
  return (
    <div className={styles['page']}>
      {earlier !== undefined && <DraftOffer draft={earlier} onTake={() => take(earlier)} />}
      <header className={styles['head']}>
        <h1>
          <bdi>{name}</bdi>
        </h1>
        <Segmented
          size="small"
          aria-label={t('view')}
          // What is being edited in one view is saved before the other one shows it.
          disabled={edited !== undefined || opened.document === undefined}
          value={isCode ? 'code' : 'form'}
          onChange={(value) => setCode(value === 'code')}
          options={(['form', 'code'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
        />
        <span className={styles['grow']} />
        {edited !== undefined && (
          <Button size="small" disabled={isSaving} onClick={discard}>
            {t('discard')}
          </Button>
        )}
        <Button size="small" disabled={edited === undefined} loading={isSaving} onClick={() => void save()}>
          {t('save')}
        </Button>
        <Button
          size="small"
          type="primary"
          disabled={edited !== undefined}
          onClick={() => openTab({ kind: 'push', params: { job: name } })}
        >
          {t('push')}
        </Button>
      </header>
      {failure !== undefined && <FailureNotice failure={failure} />}
      {isCode || document === undefined ? (
        <div className={styles['code']}>
          <CodeEditor
            value={edited !== undefined && 'text' in edited ? edited.text : opened.text}
            label={t('code', { name })}
            language="yaml"
            onChange={(text) => change({ text })}
          />
        </div>
      ) : (
        <JobForm document={document} onChange={(next) => change({ document: next })} />
      )}
    </div>
  )
}
