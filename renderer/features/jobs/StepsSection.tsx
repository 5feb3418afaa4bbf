import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { IconButton } from '../../ui/icon-button/IconButton.tsx'
import { withoutStep, withStep, withStepMoved } from './edit-job.ts'
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
    </section>
  )
}

function StepLine({ document, onChange, index }: JobFormPart & { readonly index: number }) {
  const { t } = useTranslation('jobs')
  const { openTab } = useWorkbench()
  const pipeline = document.steps[index]?.pipeline ?? ''
  return (
    <li>
      <div className={styles['step']}>
        <Button size="small" type="link" onClick={() => openTab({ kind: 'pipeline', params: { pipeline } })}>
          <bdi>{pipeline}</bdi>
        </Button>
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
      <StepParameters document={document} onChange={onChange} index={index} />
    </li>
  )
}
