import { App as AntApp, Button, Segmented } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ConflictDialog } from '../../app/conflict/ConflictDialog.tsx'
import { DraftOffer } from '../../app/drafts/DraftOffer.tsx'
import type { TabView } from '../../app/feature.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useOpening } from '../../app/rpc/use-opening.ts'
import { useTabKeys } from '../../app/workbench/use-tab-keys.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { CodeEditor } from '../../ui/editor/CodeEditor.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { useSettled } from '../../ui/settled/use-settled.ts'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { JobForm } from './JobForm.tsx'
import { JobHistory } from './JobHistory.tsx'
import styles from './Jobs.module.css'
import { type JobPlace, type OpenedJob, useJobEdits } from './use-job-edits.ts'

const TYPING_MS = 300

/** One job: as a form, or as text; what it ran; and its run now. */
export function JobTab({ tabId, params: { name } }: TabView<{ name: string }>) {
  const { opening, reopen } = useOpening()
  const opened = useAnswer(['jobFiles', 'get', name, opening], (engine, signal) =>
    engine.jobFiles.get({ job: name }, { signal }),
  )
  if (opened.state === 'loading') return <Skeleton rows={6} />
  if (opened.state === 'failed') return <FailureNotice failure={opened.failure} onRetry={opened.retry} />
  return <JobEditor key={`${opening} ${name}`} place={{ tabId, job: name, onReload: reopen }} opened={opened.data} />
}

interface JobEditorProps {
  readonly place: JobPlace
  readonly opened: OpenedJob
}

type Editing = ReturnType<typeof useJobEdits>

function JobEditor({ place, opened }: JobEditorProps) {
  const name = place.job
  const editing = useJobEdits(place, opened)
  const { edits, view, editForm, editText, failure, earlier, take, conflict, settle } = editing
  useTabKeys('mod+s', () => void (editing.isBusy || editing.save()), { inFields: true })
  // The form's fields have no undo of their own: what is typed there is a step here. The code editor keeps its own.
  useTabKeys('mod+z', () => view === 'form' && editing.undo(), { inFields: true })
  useTabKeys(['mod+shift+z', 'mod+y'], () => view === 'form' && editing.redo(), { inFields: true })
  const { document, text } = edits.now
  return (
    <div className={styles['page']}>
      {earlier !== undefined && <DraftOffer draft={earlier} onTake={() => take(earlier)} />}
      <Head name={name} editing={editing} />
      {failure !== undefined && <FailureNotice failure={failure} />}
      {conflict !== undefined && <ConflictDialog conflict={conflict} onChoose={(choice) => void settle(choice)} />}
      {view === 'code' || document === undefined ? (
        <JobText name={name} text={text} onChange={editText} />
      ) : (
        <div className={styles['body']}>
          <JobForm name={name} document={document} onChange={editForm} />
          <JobHistory job={name} />
        </div>
      )}
    </div>
  )
}

function Head({ name, editing }: { readonly name: string; readonly editing: Editing }) {
  const { t } = useTranslation('jobs')
  const { openTab } = useWorkbench()
  const { edits, view, isEdited, isBusy, undo, redo, discard, save, show } = editing
  return (
    <header className={styles['head']}>
      <h1>
        <bdi>{name}</bdi>
      </h1>
      <Segmented
        size="small"
        aria-label={t('view')}
        disabled={isBusy}
        value={view}
        onChange={(wanted) => void show(wanted)}
        options={(['form', 'code'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
      />
      <span className={styles['grow']} />
      <Button size="small" disabled={view === 'code' || edits.past.length === 0} onClick={undo}>
        {t('undo')}
      </Button>
      <Button size="small" disabled={view === 'code' || edits.future.length === 0} onClick={redo}>
        {t('redo')}
      </Button>
      {isEdited && (
        <Button size="small" disabled={isBusy} onClick={discard}>
          {t('discard')}
        </Button>
      )}
      <BusyButton size="small" disabled={!isEdited || isBusy} isBusy={isBusy && isEdited} onClick={() => void save()}>
        {t('save')}
      </BusyButton>
      <Button size="small" disabled={isEdited} onClick={() => openTab({ kind: 'push', params: { job: name } })}>
        {t('push')}
      </Button>
      <RunButton name={name} editing={editing} />
    </header>
  )
}

/** Saves, then runs the job here and shows the run: what runs is always what is on the disk. */
function RunButton({ name, editing: { save, isBusy } }: { readonly name: string; readonly editing: Editing }) {
  const { t } = useTranslation('jobs')
  const { openTab } = useWorkbench()
  const { message } = AntApp.useApp()
  const start = useAct((engine, job: string) => engine.jobRuns.start({ job }), ['jobRuns', 'runs'])
  const run = async (): Promise<void> => {
    if (!(await save())) return
    const started = await start.run(name)
    if (started === undefined) return
    if (started.state === 'skipped') void message.warning(t('run.skipped'))
    openTab({ kind: 'jobRun', params: { jobRunId: started.id } })
  }
  return (
    <>
      <BusyButton size="small" type="primary" disabled={isBusy} isBusy={start.isRunning} onClick={() => void run()}>
        {t('run.now')}
      </BusyButton>
      {start.failure !== undefined && <FailureNotice failure={start.failure} />}
    </>
  )
}

interface JobTextProps {
  readonly name: string
  readonly text: string
  readonly onChange: (text: string) => void
}

function JobText({ name, text, onChange }: JobTextProps) {
  const { t } = useTranslation('jobs')
  const settled = useSettled(text, TYPING_MS)
  const parsed = useAnswer(
    ['jobFiles', 'parse', settled],
    (engine, signal) => engine.jobFiles.parse({ text: settled }, { signal }),
    { keepsLast: true },
  )
  const found = parsed.state === 'ready' && !parsed.isStale ? parsed.data.problems : undefined
  const problems = useMemo(
    () =>
      (found ?? []).map(({ line, column, message }) => {
        return { line, column, endLine: line, endColumn: column, message, severity: 'error' as const }
      }),
    [found],
  )
  return (
    <>
      {problems.length > 0 && (
        <ul className={styles['problems']} aria-label={t('problems')}>
          {problems.map(({ line, message }) => (
            <li key={`${line} ${message}`}>{t('problem', { line, message })}</li>
          ))}
        </ul>
      )}
      <div className={styles['code']}>
        <CodeEditor value={text} label={t('code', { name })} language="yaml" problems={problems} onChange={onChange} />
      </div>
    </>
  )
}
