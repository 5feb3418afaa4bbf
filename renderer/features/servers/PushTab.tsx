import { Alert, Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PushOutcome } from '../../../engine/contract/api/server.ts'
import type { TabView } from '../../app/feature.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { ListTools } from '../../ui/named-list/NamedList.tsx'
import { Select } from '../../ui/select/Select.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { ChangeList } from './ChangeList.tsx'
import styles from './Servers.module.css'

type Kind = 'job' | 'sync'

interface Chosen {
  readonly job: string
  /** What `job` names. */
  readonly kind: Kind
  readonly server: string
  readonly environment: string | undefined
}

interface PushParams {
  readonly job?: string | undefined
  readonly sync?: string | undefined
}

/** Which job or sync goes where; then what would change there, and the push itself. */
export function PushTab({ params }: TabView<PushParams>) {
  const { t } = useTranslation('servers')
  const [what, setWhat] = useState(() => chosenBy(params))
  const [server, setServer] = useState<string>()
  const [environment, setEnvironment] = useState<string>()
  const opened = useAnswer(['workspace', 'open'], (engine, signal) => engine.workspace.open(undefined, { signal }))
  const known = useAnswer(['servers', 'list'], (engine, signal) => engine.servers.list(undefined, { signal }))
  if (opened.state === 'failed') return <FailureNotice failure={opened.failure} onRetry={opened.retry} />
  if (known.state === 'failed') return <FailureNotice failure={known.failure} onRetry={known.retry} />
  if (opened.state === 'loading' || known.state === 'loading') return <Skeleton rows={6} />
  const to = server ?? known.data[0]?.name
  return (
    <div className={styles['page']}>
      <h1>{t('push')}</h1>
      <ListTools>
        <WhatChoice what={what} jobs={opened.data.jobs} syncs={opened.data.syncs} onChange={setWhat} />
        <Choice
          label={t('choose.server')}
          value={to}
          options={known.data.map(({ name }) => name)}
          onChange={setServer}
        />
        <Choice
          label={t('choose.environment')}
          value={environment}
          options={opened.data.environments}
          onChange={setEnvironment}
        />
      </ListTools>
      {what === undefined || to === undefined ? (
        <EmptyState title={t('push.choose')} hint={t('push.chooseHint')} />
      ) : (
        <PushView key={`${what.kind} ${what.job} ${to} ${environment}`} chosen={{ ...what, server: to, environment }} />
      )}
    </div>
  )
}

type What = Pick<Chosen, 'job' | 'kind'>

function chosenBy({ job, sync }: PushParams): What | undefined {
  if (sync !== undefined) return { job: sync, kind: 'sync' }
  return job === undefined ? undefined : { job, kind: 'job' }
}

interface WhatChoiceProps {
  readonly what: What | undefined
  readonly jobs: readonly string[]
  readonly syncs: readonly string[]
  readonly onChange: (what: What | undefined) => void
}

/** Jobs, and syncs below them: the two may be called the same. */
function WhatChoice({ what, jobs, syncs, onChange }: WhatChoiceProps) {
  const { t } = useTranslation('servers')
  const all: readonly What[] = [
    ...jobs.map((job): What => ({ job, kind: 'job' })),
    ...syncs.map((job): What => ({ job, kind: 'sync' })),
  ]
  const index = all.findIndex(({ job, kind }) => job === what?.job && kind === what.kind)
  const group = (of: Kind) => ({
    label: t(of === 'job' ? 'jobs' : 'syncs'),
    options: all.flatMap(({ job, kind }, value) => (kind === of ? [{ value, label: job }] : [])),
  })
  const label = t(syncs.length === 0 ? 'choose.job' : 'choose.jobOrSync')
  return (
    <Select
      allowClear
      aria-label={label}
      placeholder={label}
      style={{ minWidth: 180 }}
      value={index < 0 ? null : index}
      options={[group('job'), ...(syncs.length === 0 ? [] : [group('sync')])]}
      onChange={(next: number | null | undefined) => onChange(all[next ?? -1])}
    />
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly string[]
  readonly onChange: (value: string | undefined) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <Select
      allowClear
      aria-label={label}
      placeholder={label}
      style={{ minWidth: 180 }}
      value={value ?? null}
      options={options.map((name) => ({ value: name, label: name }))}
      onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
    />
  )
}

function PushView({ chosen }: { readonly chosen: Chosen }) {
  const { t } = useTranslation('servers')
  const { openTab } = useWorkbench()
  const { job, kind, server, environment } = chosen
  const wanted = { job, kind, server, ...(environment === undefined ? {} : { environment }) }
  const compared = useAnswer(['servers', 'compare', chosen], (engine, signal) =>
    engine.servers.compare(wanted, { signal }),
  )
  const [acceptsLoss, setAcceptsLoss] = useState(false)
  const push = useAct((engine) => engine.servers.push({ ...wanted, acceptsLoss }), ['servers'])
  const [outcome, setOutcome] = useState<PushOutcome>()
  const send = async (): Promise<void> => setOutcome(await push.run(undefined))
  return (
    <>
      {compared.state === 'loading' && <Skeleton rows={4} />}
      {compared.state === 'failed' && <FailureNotice failure={compared.failure} onRetry={compared.retry} />}
      {compared.state === 'ready' && (
        <>
          <p>{t(compared.data.deploymentId === undefined ? 'push.first' : 'push.against')}</p>
          <ChangeList changes={compared.data.files} />
          <ListTools>
            <BusyButton type="primary" isBusy={push.isRunning} onClick={() => void send()}>
              {t('push.go', { server })}
            </BusyButton>
            <Checkbox checked={acceptsLoss} onChange={({ target }) => setAcceptsLoss(target.checked)}>
              {t('push.acceptsLoss')}
            </Checkbox>
            <Button onClick={() => openTab({ kind: 'server', params: { server } })}>{t('push.open')}</Button>
          </ListTools>
        </>
      )}
      {push.failure !== undefined && <FailureNotice failure={push.failure} />}
      {outcome !== undefined && <Outcome outcome={outcome} />}
    </>
  )
}

function Outcome({ outcome: { outcome, findings } }: { readonly outcome: PushOutcome }) {
  const { t } = useTranslation('servers')
  const language = usePreferences((state) => state.language)
  return (
    <>
      <Alert type={outcome === 'refused' ? 'error' : 'success'} showIcon title={t(`outcome.${outcome}`)} />
      {findings.map(({ severity, subject, message }) => (
        <Alert
          key={`${subject} ${message.en}`}
          type={severity}
          showIcon
          title={<bdi>{subject}</bdi>}
          description={message[language]}
        />
      ))}
    </>
  )
}
