import { Input } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { Select } from '../../../ui/select/Select.tsx'
import styles from './Run.module.css'
import { type problemsOf, shapeOf } from './run-wish.ts'

type Declared = NonNullable<PipelineFile['parameters']>
type Problem = ReturnType<typeof problemsOf> extends Map<string, infer One> ? One : never

interface ParameterFieldsProps {
  readonly declared: Declared
  readonly typed: Readonly<Record<string, string>>
  readonly problems: ReadonlyMap<string, Problem>
  readonly onChange: (typed: Record<string, string>) => void
}

/** One field for each declared parameter, as its type wants it. */
export function ParameterFields({ declared, typed, problems, onChange }: ParameterFieldsProps) {
  const { t } = useTranslation('pipelines')
  return (
    <fieldset className={styles['fields']}>
      <legend>{t('run.parameters')}</legend>
      {Object.entries(declared).map(([name, parameter]) => (
        <ParameterField
          key={name}
          name={name}
          parameter={parameter}
          value={typed[name] ?? ''}
          problem={problems.get(name)}
          onChange={(value) => onChange({ ...typed, [name]: value })}
        />
      ))}
    </fieldset>
  )
}

interface ParameterFieldProps {
  readonly name: string
  readonly parameter: Declared[string]
  readonly value: string
  readonly problem: Problem | undefined
  readonly onChange: (value: string) => void
}

function ParameterField({ name, parameter, value, problem, onChange }: ParameterFieldProps) {
  const { t } = useTranslation('pipelines')
  const id = useId()
  const { type, default: fallback, description } = parameter
  const shape = shapeOf(type)
  const byDefault = fallback === undefined ? '' : t('run.byDefault', { value: String(fallback) })
  const hint = problem === undefined ? (description ?? '') : t(`run.problem.${problem}`)
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>
        <bdi>{name}</bdi> <code>{type}</code>
      </label>
      {shape === 'boolean' ? (
        <Select
          id={id}
          size="small"
          value={value}
          onChange={onChange}
          options={[
            ...(fallback === undefined ? [] : [{ value: '', label: byDefault }]),
            { value: 'true', label: 'true' },
            { value: 'false', label: 'false' },
          ]}
        />
      ) : (
        <Input
          id={id}
          size="small"
          value={value}
          placeholder={shape === 'date' && byDefault === '' ? 'YYYY-MM-DD' : byDefault}
          inputMode={shape === 'integer' ? 'numeric' : shape === 'number' ? 'decimal' : 'text'}
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          {...(problem === undefined || (problem === 'missing' && value === '') ? {} : { status: 'error' as const })}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      <small id={`${id}-hint`} data-problem={problem !== undefined}>
        {hint}
      </small>
    </div>
  )
}
