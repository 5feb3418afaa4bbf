import { Button, Form, Input, InputNumber, Space, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '../../../../engine/contract/api/snapshots.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { type Act, useAct } from '../../../app/rpc/use-act.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { useWorkspaceEnvironments } from '../../../app/workspace/use-environments.ts'
import { BusyButton } from '../../../ui/busy-button/BusyButton.tsx'
import { useConfirm } from '../../../ui/confirm/use-confirm.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Select } from '../../../ui/select/Select.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import styles from '../Datasets.module.css'
import type { SourceOptions } from '../import/stored-options.ts'
import { Origin } from './Origin.tsx'
import { type SnapshotWish, takeInput, USUAL_WISH } from './snapshot-wish.ts'

interface SnapshotViewProps {
  readonly dataset: string
  readonly options: SourceOptions
  readonly isOffline: boolean
  readonly onOffline: (isOffline: boolean) => void
}

/** The copy of a dataset for work without its source. */
export function SnapshotView(props: SnapshotViewProps) {
  const answer = useAnswer(['snapshots', 'list'], (engine, signal) => engine.snapshots.list(undefined, { signal }))
  if (answer.state === 'loading') return <Skeleton rows={5} />
  if (answer.state === 'failed') return <FailureNotice failure={answer.failure} onRetry={answer.retry} />
  const taken = answer.data.find(({ dataset }) => dataset === props.dataset)
  return (
    <div className={styles['snapshot']}>
      {taken !== undefined && <Taken snapshot={taken} {...props} />}
      <TakeForm {...props} isThere={taken !== undefined} />
    </div>
  )
}

function Taken({
  snapshot,
  dataset,
  options,
  isOffline,
  onOffline,
}: SnapshotViewProps & { readonly snapshot: Snapshot }) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const { openTab } = useWorkbench()
  const refresh = useAct(
    (engine) => engine.snapshots.refresh({ dataset, options: { ...options } }),
    ['snapshots', 'data'],
  )
  const remove = useAct((engine) => engine.snapshots.remove({ dataset }), ['snapshots'])
  const ask = useConfirm({
    title: t('snapshot.removeTitle'),
    content: t('snapshot.removeLoss', { rows: formats.number(snapshot.rows), dataset }),
    okText: t('snapshot.remove'),
    onOk: async () => {
      onOffline(false)
      await remove.run(undefined)
    },
  })
  return (
    <section className={styles['card']} aria-label={t('snapshot.taken')}>
      <Facts snapshot={snapshot} />
      <Space>
        <Switch id="offline" checked={isOffline} onChange={onOffline} />
        <label htmlFor="offline">{t('snapshot.offline')}</label>
      </Space>
      <Space>
        <BusyButton size="small" isBusy={refresh.isRunning} onClick={() => void refresh.run(undefined)}>
          {t('snapshot.refresh')}
        </BusyButton>
        <BusyButton size="small" danger isBusy={remove.isRunning} onClick={ask}>
          {t('snapshot.remove')}
        </BusyButton>
        <Button size="small" type="link" onClick={() => openTab({ kind: 'snapshots' })}>
          {t('snapshot.all')}
        </Button>
      </Space>
      <ActFailure act={refresh} />
      <ActFailure act={remove} />
    </section>
  )
}

/** What it holds, of when and from where. */
function Facts({ snapshot }: { readonly snapshot: Snapshot }) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  return (
    <>
      <strong>
        {t('snapshot.is', { rows: formats.number(snapshot.rows), time: formats.dateTime(snapshot.takenAt) })}
      </strong>
      <Origin snapshot={snapshot} />
      <span>{t(`snapshot.scope.${snapshot.scope.kind}`)}</span>
      <span>
        {snapshot.policy === undefined
          ? t('snapshot.unmasked')
          : t('snapshot.maskedBy', {
              name: snapshot.policy.name,
              columns: snapshot.policy.columns.map(({ column }) => column).join(', '),
            })}
      </span>
      {snapshot.where !== undefined && <code>{snapshot.where}</code>}
      {snapshot.rejects !== '0' && <span>{t('rejects.count', { rows: formats.number(snapshot.rejects) })}</span>}
    </>
  )
}

function TakeForm({ dataset, options, isThere }: SnapshotViewProps & { readonly isThere: boolean }) {
  const { t } = useTranslation('datasets')
  const [wish, setWish] = useState(USUAL_WISH)
  const take = useAct(
    (engine, input: SnapshotWish) => engine.snapshots.take({ dataset, options: { ...options }, ...takeInput(input) }),
    ['snapshots'],
  )
  const set = (change: Partial<SnapshotWish>): void => setWish({ ...wish, ...change })
  return (
    <Form layout="vertical" disabled={take.isRunning}>
      <h3>{t(isThere ? 'snapshot.again' : 'snapshot.take')}</h3>
      <p>{t('snapshot.hint')}</p>
      <Form.Item label={t('snapshot.scope')} htmlFor="snapshot-scope">
        <Select
          id="snapshot-scope"
          value={wish.kind}
          options={(['first', 'sample', 'all'] as const).map((kind) => ({
            value: kind,
            label: t(`snapshot.scope.${kind}`),
          }))}
          onChange={(kind) => set({ kind })}
        />
      </Form.Item>
      {wish.kind !== 'all' && <Numbers wish={wish} onChange={set} />}
      <Form.Item label={t('snapshot.where')} htmlFor="snapshot-where" extra={t('snapshot.whereHint')}>
        <Input
          id="snapshot-where"
          value={wish.where}
          spellCheck={false}
          onChange={(event) => set({ where: event.target.value })}
        />
      </Form.Item>
      <EnvironmentChoice environment={wish.environment} onChange={(environment) => set({ environment })} />
      <PolicyChoice policy={wish.policy} onChange={(policy) => set({ policy })} />
      <BusyButton type="primary" isBusy={take.isRunning} onClick={() => void take.run(wish)}>
        {t(isThere ? 'snapshot.again' : 'snapshot.take')}
      </BusyButton>
      <ActFailure act={take} />
    </Form>
  )
}

interface EnvironmentChoiceProps {
  readonly environment: string | undefined
  readonly onChange: (environment: string | undefined) => void
}

/** Whose system it is taken from. Nothing is offered where there is only one. */
function EnvironmentChoice({ environment, onChange }: EnvironmentChoiceProps) {
  const { t } = useTranslation('datasets')
  const { names, usual } = useWorkspaceEnvironments()
  if (names.length === 0) return null
  return (
    <Form.Item label={t('snapshot.environment')} htmlFor="snapshot-environment">
      <Select
        id="snapshot-environment"
        value={environment ?? usual ?? ''}
        options={[
          ...(usual === undefined ? [{ value: '', label: t('snapshot.noEnvironment') }] : []),
          ...names.map((name) => ({ value: name, label: name })),
        ]}
        onChange={(name) => onChange(name === '' ? undefined : name)}
      />
    </Form.Item>
  )
}

interface PolicyChoiceProps {
  readonly policy: string | undefined
  readonly onChange: (policy: string | undefined) => void
}

function PolicyChoice({ policy, onChange }: PolicyChoiceProps) {
  const { t } = useTranslation('datasets')
  const policies = useAnswer(['masking', 'list'], (engine, signal) => engine.masking.list(undefined, { signal }))
  if (policies.state !== 'ready' || policies.data.length === 0) return null
  return (
    <Form.Item label={t('snapshot.policy')} htmlFor="snapshot-policy">
      <Select
        id="snapshot-policy"
        value={policy ?? ''}
        options={[
          { value: '', label: t('snapshot.noPolicy') },
          ...policies.data.map(({ name }) => ({ value: name, label: name })),
        ]}
        onChange={(name) => onChange(name === '' ? undefined : name)}
      />
    </Form.Item>
  )
}

interface NumbersProps {
  readonly wish: SnapshotWish
  readonly onChange: (change: Partial<SnapshotWish>) => void
}

function Numbers({ wish, onChange }: NumbersProps) {
  const { t } = useTranslation('datasets')
  return (
    <Space>
      <Form.Item label={t('snapshot.rows')} htmlFor="snapshot-rows">
        <InputNumber
          id="snapshot-rows"
          min={1}
          precision={0}
          value={wish.rows}
          onChange={(rows) => onChange({ rows: rows ?? USUAL_WISH.rows })}
        />
      </Form.Item>
      {wish.kind === 'sample' && (
        <Form.Item label={t('snapshot.seed')} htmlFor="snapshot-seed">
          <InputNumber
            id="snapshot-seed"
            precision={0}
            value={wish.seed}
            onChange={(seed) => onChange({ seed: seed ?? 1 })}
          />
        </Form.Item>
      )}
    </Space>
  )
}

function ActFailure<Input, Data>({ act }: { readonly act: Act<Input, Data> }) {
  return act.failure === undefined ? null : <FailureNotice failure={act.failure} />
}
