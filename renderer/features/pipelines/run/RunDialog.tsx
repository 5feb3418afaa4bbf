import { Collapse, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { useFocusBack } from '../../../ui/focus/use-focus-back.ts'
import { EnvironmentField } from './EnvironmentField.tsx'
import { LimitFields } from './LimitFields.tsx'
import { ParameterFields } from './ParameterFields.tsx'
import { PlanView } from './PlanView.tsx'
import styles from './Run.module.css'
import { problemsOf, type RunWish } from './run-wish.ts'

interface RunDialogProps {
  readonly pipeline: string
  readonly document: PipelineFile
  readonly initial: RunWish
  readonly onRun: (wish: RunWish) => void
  readonly onCancel: () => void
}

/** With which values, where and within which limits a pipeline runs, and what it will do there: before it does. */
export function RunDialog({ pipeline, document, initial, onRun, onCancel }: RunDialogProps) {
  useFocusBack()
  const { t } = useTranslation('pipelines')
  const [wish, setWish] = useState(initial)
  const change = (part: Partial<RunWish>): void => setWish({ ...wish, ...part })
  const declared = document.parameters ?? {}
  const problems = problemsOf(declared, wish.parameters)
  return (
    <Modal
      open
      width={680}
      title={t('run.title', { name: pipeline })}
      okText={t('run.go')}
      okButtonProps={{ disabled: problems.size > 0 }}
      cancelText={t('run.cancel')}
      onOk={() => onRun(wish)}
      onCancel={onCancel}
    >
      <div className={styles['dialog']}>
        {Object.keys(declared).length > 0 && (
          <ParameterFields
            declared={declared}
            typed={wish.parameters}
            problems={problems}
            onChange={(parameters) => change({ parameters })}
          />
        )}
        <EnvironmentField
          value={wish.environment}
          onChange={(environment) => setWish(withEnvironment(wish, environment))}
        />
        <Collapse
          size="small"
          items={[
            {
              key: 'limits',
              label: t('run.limits'),
              children: <LimitFields limits={wish.limits} onChange={(limits) => change({ limits })} />,
            },
          ]}
        />
        <PlanView pipeline={pipeline} document={document} wish={wish} isComplete={problems.size === 0} />
      </div>
    </Modal>
  )
}

function withEnvironment({ environment: _before, ...others }: RunWish, environment: string | undefined): RunWish {
  return environment === undefined ? others : { ...others, environment }
}
