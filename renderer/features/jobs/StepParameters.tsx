import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { TextInput } from '../../ui/text/TextInput.tsx'
import { type ParameterValue, parameterValue, withParameter } from './edit-job.ts'
import { Field } from './Field.tsx'
import styles from './Jobs.module.css'
import type { JobFormPart } from './job-form-part.ts'

interface Declared {
  readonly type: string
  readonly default?: ParameterValue | undefined
  readonly description?: string | undefined
}

/** The parameters of a step's pipeline; those that the step sets though its pipeline has none of that name are told. */
export function StepParameters({ document, onChange, index }: JobFormPart & { readonly index: number }) {
  const { t } = useTranslation('jobs')
  const step = document.steps[index]
  const { pipeline, parameters = {} } = step === undefined || !('pipeline' in step) ? { pipeline: '' } : step
  const found = useAnswer(['pipelines', 'get', pipeline], (engine, signal) =>
    engine.pipelines.get({ pipeline }, { signal }),
  )
  if (found.state === 'failed') return <Alert type="warning" title={t('step.unknown', { pipeline })} />
  const declared: Readonly<Record<string, Declared>> =
    found.state === 'ready' ? (found.data.document.parameters ?? {}) : {}
  const names = [...new Set([...Object.keys(declared), ...Object.keys(parameters)])]
  if (names.length === 0) return null
  return (
    <div className={styles['parameters']}>
      {names.map((name) => (
        <ParameterField
          key={name}
          name={name}
          declared={declared[name]}
          isKnown={found.state !== 'ready' || name in declared}
          value={parameters[name]}
          onChange={(value) => onChange(withParameter(document, index, name, value), `step ${index} ${name}`)}
        />
      ))}
    </div>
  )
}

interface ParameterFieldProps {
  readonly name: string
  readonly declared: Declared | undefined
  readonly isKnown: boolean
  readonly value: ParameterValue | undefined
  readonly onChange: (value: ParameterValue | undefined) => void
}

function ParameterField({ name, declared, isKnown, value, onChange }: ParameterFieldProps) {
  const { t } = useTranslation('jobs')
  const type = declared?.type ?? 'VARCHAR'
  const usual = declared?.default
  const words = [type, declared?.description, isKnown ? undefined : t('parameter.unknown')]
  return (
    <Field label={name} help={words.filter((word) => word !== undefined).join(' · ')}>
      {(id) => (
        <TextInput
          id={id}
          size="small"
          allowClear
          spellCheck={false}
          {...(isKnown ? {} : { status: 'warning' })}
          placeholder={usual === undefined ? t('parameter.needed') : t('parameter.default', { value: String(usual) })}
          value={value === undefined ? '' : String(value)}
          onText={(text) => onChange(parameterValue(type, text))}
        />
      )}
    </Field>
  )
}
