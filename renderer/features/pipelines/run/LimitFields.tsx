import { Input, InputNumber } from 'antd'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { limitsSchema, type RunLimits } from '../../../../engine/contract/job-file.ts'
import styles from './Run.module.css'

interface LimitFieldsProps {
  readonly limits: RunLimits
  readonly onChange: (limits: RunLimits) => void
}

const NUMBERS = [
  { name: 'maxRejects', min: 0 },
  { name: 'memoryMb', min: 128 },
  { name: 'threads', min: 1 },
] as const

/** When a run gives up, and what it may use. An empty field sets no limit. */
export function LimitFields({ limits, onChange }: LimitFieldsProps) {
  const { t } = useTranslation('pipelines')
  const set = (name: keyof RunLimits, value: string | number | null): void => {
    const { [name]: _before, ...others } = limits
    const next = limitsSchema.safeParse(value === null || value === '' ? others : { ...others, [name]: value })
    if (next.success) onChange(next.data)
  }
  return (
    <div className={styles['fields']}>
      {NUMBERS.map(({ name, min }) => (
        <Limit key={name} label={t(`run.limit.${name}`)}>
          {(id) => (
            <InputNumber
              id={id}
              size="small"
              min={min}
              precision={0}
              value={limits[name] ?? null}
              onChange={(value) => set(name, value)}
            />
          )}
        </Limit>
      ))}
      <Limit label={t('run.limit.maxRejectShare')}>
        {(id) => (
          <InputNumber
            id={id}
            size="small"
            min={0}
            max={100}
            suffix="%"
            value={limits.maxRejectShare === undefined ? null : limits.maxRejectShare * 100}
            onChange={(value) => set('maxRejectShare', value === null ? null : value / 100)}
          />
        )}
      </Limit>
      <Limit label={t('run.limit.timeout')}>
        {(id) => (
          <Input
            id={id}
            size="small"
            placeholder="30m"
            defaultValue={limits.timeout ?? ''}
            onChange={(event) => set('timeout', event.target.value.trim())}
          />
        )}
      </Limit>
    </div>
  )
}

function Limit({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}
