import { Button, Steps } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TabView } from '../../../app/feature.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import styles from '../Syncs.module.css'
import { allTables } from './all-tables.ts'
import { NamesStep } from './NamesStep.tsx'
import { OptionsStep } from './OptionsStep.tsx'
import { PlanStep } from './PlanStep.tsx'
import { SystemsStep } from './SystemsStep.tsx'
import type { StepProps } from './step-props.ts'
import { documentOf, missing, NEW_SYNC, nameOf } from './sync-draft.ts'
import { TablesStep } from './TablesStep.tsx'

const STEPS = ['systems', 'tables', 'names', 'options', 'plan'] as const

/** A new sync, from two connections to a running one. */
export function NewSyncTab({ tabId }: TabView<object>) {
  const { t } = useTranslation('syncs')
  const { openTab } = useWorkbench()
  const connections = useAnswer(['connections', 'list'], (engine, signal) =>
    engine.connections.list(undefined, { signal }),
  )
  if (connections.state === 'loading') return <Skeleton rows={6} />
  if (connections.state === 'failed') return <FailureNotice failure={connections.failure} onRetry={connections.retry} />
  if (connections.data.length < 2) {
    return (
      <EmptyState
        title={t('wizard.fewConnections')}
        hint={t('wizard.fewConnectionsHint')}
        actions={<Button onClick={() => openTab({ kind: 'connection' })}>{t('wizard.newConnection')}</Button>}
      />
    )
  }
  return <Wizard tabId={tabId} connections={connections.data} />
}

interface WizardProps {
  readonly tabId: string
  readonly connections: readonly { readonly name: string; readonly kind: string }[]
}

function Wizard({ tabId, connections }: WizardProps) {
  const { t } = useTranslation('syncs')
  const [draft, setDraft] = useState(NEW_SYNC)
  const [step, setStep] = useState(0)
  const { source } = draft
  const found = useAnswer(
    ['connections', 'tree', 'tables', source],
    (engine, signal) => allTables(engine, source ?? '', signal),
    { isEnabled: source !== undefined },
  )
  const tables = found.state === 'ready' ? found.data : []
  const part: StepProps = { draft, tables, change: (more) => setDraft((before) => ({ ...before, ...more })) }
  const lack = missing(draft, tables)
  const document = documentOf(draft, tables)
  const reachable = lack === 'systems' ? 0 : lack === 'tables' || document === undefined ? 1 : STEPS.length - 1
  const isLast = step === STEPS.length - 1
  return (
    <div className={styles['page']}>
      <h1>{t('new')}</h1>
      <Steps
        size="small"
        current={step}
        onChange={setStep}
        items={STEPS.map((name, index) => ({ title: t(`step.${name}`), disabled: index > reachable }))}
      />
      <section className={styles['step']} aria-label={t(`step.${STEPS[step] ?? 'systems'}`)}>
        {step === 0 && <SystemsStep {...part} connections={connections} />}
        {step === 1 && <TablesStep {...part} found={found} />}
        {step === 2 && document !== undefined && <NamesStep {...part} document={document} />}
        {step === 3 && document !== undefined && <OptionsStep {...part} />}
        {isLast && document !== undefined && (
          <PlanStep tabId={tabId} name={nameOf(draft)} document={document} lack={lack} />
        )}
      </section>
      <footer className={styles['tools']}>
        <Button disabled={step === 0} onClick={() => setStep(step - 1)}>
          {t('step.back')}
        </Button>
        {!isLast && (
          <Button type="primary" disabled={step + 1 > reachable} onClick={() => setStep(step + 1)}>
            {t('step.next')}
          </Button>
        )}
        {lack !== undefined && <span className={styles['quiet']}>{t(`lack.${lack}`)}</span>}
      </footer>
    </div>
  )
}
