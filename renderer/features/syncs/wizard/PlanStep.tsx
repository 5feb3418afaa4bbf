import { Alert } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SyncFile } from '../../../../engine/contract/sync-file.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useAct } from '../../../app/rpc/use-act.ts'
import { useEvents } from '../../../app/rpc/use-events.ts'
import { useCloseTab } from '../../../app/workbench/use-close-tab.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../../ui/busy-button/BusyButton.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import styles from '../Syncs.module.css'
import { PlanTable } from './PlanTable.tsx'
import { inOrder, NO_PLAN, type Planned, plannedWith, summaryOf } from './planned.ts'
import type { missing } from './sync-draft.ts'

const SHOWN = 300

interface PlanStepProps {
  readonly tabId: string
  readonly name: string
  readonly document: SyncFile
  readonly lack: ReturnType<typeof missing>
}

/** What would happen, table by table, and the start. Nothing is changed before. */
export function PlanStep({ tabId, name, document, lack }: PlanStepProps) {
  const { t } = useTranslation('syncs')
  const { number } = useFormats()
  const {
    value: plan,
    phase,
    failure,
  } = useEvents<Parameters<typeof plannedWith>[1], Planned>({
    key: JSON.stringify(document),
    open: (engine, signal) => engine.syncs.plan({ document, sync: name }, { signal }),
    initial: NO_PLAN,
    reduce: plannedWith,
  })
  const ordered = useMemo(() => inOrder(plan), [plan])
  const { systems, names, tables } = plan
  const isCapable = systems === undefined || (systems.source.changes && systems.target.applies)
  return (
    <>
      {failure !== undefined && <FailureNotice failure={failure} />}
      {!isCapable && (
        <Alert
          type="error"
          showIcon
          title={t(systems.source.changes ? 'capability.noApply' : 'capability.noChanges')}
          description={t('plan.notCapable')}
        />
      )}
      {systems !== undefined && isCapable && (
        <Alert type="info" showIcon title={t(`promise.${systems.target.promise}`)} description={t('promise.detail')} />
      )}
      <Summary plan={plan} />
      <div className={styles['tools']}>
        <StartButton
          tabId={tabId}
          name={name}
          document={document}
          isReady={lack === undefined && isCapable && names.length > 0}
        />
        <span role="status" className={styles['quiet']}>
          {phase === 'open' && t('plan.looked', { done: number(tables.size), all: number(names.length) })}
        </span>
      </div>
      <ul className={styles['plan']} aria-label={t('plan.tables')}>
        {ordered.slice(0, SHOWN).map(({ dataset, target, table }) => (
          <PlanTable key={dataset} dataset={dataset} target={target} table={table} />
        ))}
      </ul>
      {ordered.length > SHOWN && (
        <p className={styles['quiet']}>{t('rename.more', { count: number(ordered.length - SHOWN) })}</p>
      )}
    </>
  )
}

function Summary({ plan }: { readonly plan: Planned }) {
  const { t } = useTranslation('syncs')
  const summary = useMemo(() => summaryOf(plan), [plan])
  const lines = (['fresh', 'existing', 'failing', 'withoutKey', 'lossy'] as const).filter((part) => summary[part] > 0)
  return (
    <ul className={styles['summary']} aria-label={t('plan.summary')}>
      {lines.map((part) => (
        <li key={part} data-part={part}>
          {t(`plan.${part}`, { count: summary[part] })}
        </li>
      ))}
    </ul>
  )
}

interface StartButtonProps {
  readonly tabId: string
  readonly name: string
  readonly document: SyncFile
  readonly isReady: boolean
}

/** Writes the file, starts the sync and shows its page instead of this one. */
function StartButton({ tabId, name, document, isReady }: StartButtonProps) {
  const { t } = useTranslation('syncs')
  const { openTab } = useWorkbench()
  const closeTab = useCloseTab()
  const save = useAct((engine) => engine.syncs.save({ sync: name, content: { document } }), ['syncs', 'workspace'])
  const start = useAct((engine) => engine.syncs.start({ sync: name }), ['syncs'])
  const begin = async (isStarted: boolean): Promise<void> => {
    if ((await save.run(undefined)) === undefined) return
    if (isStarted && (await start.run(undefined)) === undefined) return
    openTab({ kind: 'sync', params: { name } })
    closeTab(tabId)
  }
  const failure = save.failure ?? start.failure
  const isBusy = save.isRunning || start.isRunning
  return (
    <>
      <BusyButton type="primary" disabled={!isReady} isBusy={isBusy} onClick={() => void begin(true)}>
        {t('plan.start')}
      </BusyButton>
      <BusyButton disabled={!isReady || isBusy} isBusy={false} onClick={() => void begin(false)}>
        {t('plan.save')}
      </BusyButton>
      {failure !== undefined && <FailureNotice failure={failure} />}
    </>
  )
}
