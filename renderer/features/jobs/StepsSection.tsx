import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { CHECK_FAILURES, type CheckStep, type JobStep } from '../../../engine/contract/job-file.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { IconButton } from '../../ui/icon-button/IconButton.tsx'
import { Select } from '../../ui/select/Select.tsx'
import { withCheck, withOnFailure, withoutStep, withStep, withStepMoved, withSync } from './edit-job.ts'
import styles from './Jobs.module.css'
import type { JobFormPart } from './job-form-part.ts'
import { StepParameters } from './StepParameters.tsx'

/** Pipelines in the order in which they run, each with its parameters. */
export function StepsSection({ document, onChange }: JobFormPart) {
  const { t } = useTranslation('jobs')
  const pipelines = useAnswer(['pipelines', 'list'], (engine, signal) => engine.pipelines.list(undefined, { signal }))
  const names = pipelines.state === 'ready' ? pipelines.data.map(({ name }) => name) : []
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{t('steps')}</h2>
      <ol className={styles['steps']}>
        {document.steps.map((_, index) => (
          // Steps have no identity but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <StepLine key={index} index={index} document={document} onChange={onChange} />
        ))}
      </ol>
      <div className={styles['step']}>
        <Select
          size="small"
          showSearch
          aria-label={t('step.add')}
          placeholder={t('step.add')}
          style={{ minWidth: 220 }}
          value={null}
          options={names.map((name) => ({ value: name, label: name }))}
          onChange={(name: string | null) => name !== null && onChange(withStep(document, name))}
        />
        <AddCheck document={document} onChange={onChange} />
        <AddSync document={document} onChange={onChange} />
      </div>
    </section>
  )
}

function AddCheck({ document, onChange }: JobFormPart) {
  const { t } = useTranslation('jobs')
  const rules = useAnswer(['quality', 'list'], (engine, signal) => engine.quality.list(undefined, { signal }))
  const names = rules.state === 'ready' ? rules.data.map(({ name }) => name) : []
  return (
    <Select
      size="small"
      showSearch
      aria-label={t('step.addCheck')}
      placeholder={t('step.addCheck')}
      notFoundContent={t('step.noRules')}
      style={{ minWidth: 220 }}
      value={null}
      options={names.map((name) => ({ value: name, label: name }))}
      onChange={(name: string | null) => name !== null && onChange(withCheck(document, name))}
    />
  )
}

function AddSync({ document, onChange }: JobFormPart) {
  const { t } = useTranslation('jobs')
  const syncs = useAnswer(['syncs', 'list'], (engine, signal) => engine.syncs.list(undefined, { signal }))
  const names = syncs.state === 'ready' ? syncs.data.map(({ name }) => name) : []
  return (
    <Select
      size="small"
      showSearch
      aria-label={t('step.addSync')}
      placeholder={t('step.addSync')}
      notFoundContent={t('step.noSyncs')}
      style={{ minWidth: 220 }}
      value={null}
      options={names.map((name) => ({ value: name, label: name }))}
      onChange={(name: string | null) => name !== null && onChange(withSync(document, name))}
    />
  )
}

/** What a step is called in the texts of its buttons. */
function titleOf(step: JobStep, t: TFunction<'jobs'>): string {
  if ('sync' in step) return t('step.syncOf', { sync: step.sync })
  return 'check' in step ? t('step.checkOf', { check: step.check }) : step.pipeline
}

function StepLine({ document, onChange, index }: JobFormPart & { readonly index: number }) {
  const { t } = useTranslation('jobs')
  const step = document.steps[index]
  if (step === undefined) return null
  const pipeline = titleOf(step, t)
  return (
    <li>
      <div className={styles['step']}>
        <StepLink step={step} />
        {'check' in step && <OnFailure document={document} onChange={onChange} index={index} step={step} />}
        <span className={styles['grow']} />
        <IconButton
          label={t('step.up', { pipeline })}
          icon={<ArrowUpOutlined aria-hidden />}
          isDisabled={index === 0}
          onClick={() => onChange(withStepMoved(document, index, -1))}
        />
        <IconButton
          label={t('step.down', { pipeline })}
          icon={<ArrowDownOutlined aria-hidden />}
          isDisabled={index === document.steps.length - 1}
          onClick={() => onChange(withStepMoved(document, index, 1))}
        />
        <IconButton
          label={t('step.remove', { pipeline })}
          icon={<DeleteOutlined aria-hidden />}
          isDisabled={document.steps.length === 1}
          onClick={() => onChange(withoutStep(document, index))}
        />
      </div>
      {'pipeline' in step && <StepParameters document={document} onChange={onChange} index={index} />}
    </li>
  )
}

/** To what the step does. A check by a dataset's name has no file of its own to open. */
function StepLink({ step }: { readonly step: JobStep }) {
  const { t } = useTranslation('jobs')
  const { openTab } = useWorkbench()
  if ('sync' in step) return <bdi>{titleOf(step, t)}</bdi>
  const isCheck = 'check' in step
  const open = (): void =>
    isCheck
      ? openTab({ kind: 'rules', params: { name: step.check } })
      : openTab({ kind: 'pipeline', params: { pipeline: step.pipeline } })
  if (isCheck && step.check.includes(':')) return <bdi>{titleOf(step, t)}</bdi>
  return (
    <Button size="small" type="link" onClick={open}>
      <bdi>{titleOf(step, t)}</bdi>
    </Button>
  )
}

function OnFailure({
  document,
  onChange,
  index,
  step,
}: JobFormPart & { readonly index: number; readonly step: CheckStep }) {
  const { t } = useTranslation('jobs')
  const ways = CHECK_FAILURES.map((value) => ({ value, label: t(`onFailure.${value}`) }))
  return (
    <Select
      size="small"
      aria-label={t('onFailure.of', { check: step.check })}
      style={{ minWidth: 220 }}
      value={step.onFailure}
      options={ways}
      onChange={(way) => onChange(withOnFailure(document, index, way))}
    />
  )
}
