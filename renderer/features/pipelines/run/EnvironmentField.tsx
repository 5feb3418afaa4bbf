import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useEnvironments } from '../../../app/workspace/use-environments.ts'
import { Select } from '../../../ui/select/Select.tsx'
import styles from './Run.module.css'

interface EnvironmentFieldProps {
  readonly value: string | undefined
  readonly onChange: (environment: string | undefined) => void
}

/** Which values connections have. Nothing is offered where there is only one. */
export function EnvironmentField({ value, onChange }: EnvironmentFieldProps) {
  const { t } = useTranslation('pipelines')
  const id = useId()
  const environments = useEnvironments()
  if (environments.length === 0) return null
  return (
    <label className={styles['field']} htmlFor={id}>
      <span>{t('run.environment')}</span>
      <Select
        id={id}
        size="small"
        value={value ?? ''}
        popupMatchSelectWidth={false}
        onChange={(next) => onChange(next === '' ? undefined : next)}
        options={[
          { value: '', label: t('run.environmentDefault') },
          ...environments.map((name) => ({ value: name, label: name })),
        ]}
      />
    </label>
  )
}
