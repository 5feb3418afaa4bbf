import { InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/select/Select.tsx'
import { durationParts, UNITS, type Unit } from './duration-parts.ts'
import styles from './Jobs.module.css'

interface DurationInputProps {
  readonly id: string
  readonly label: string
  readonly value: string | undefined
  /** Of a duration that is not set yet. */
  readonly usualUnit: Unit
  /** Undefined when it was emptied. */
  readonly onChange: (value: string | undefined) => void
}

/** A number and its unit, as job files write durations. */
export function DurationInput({ id, label, value, usualUnit, onChange }: DurationInputProps) {
  const { t } = useTranslation('jobs')
  const parts = durationParts(value)
  const unit = parts?.unit ?? usualUnit
  return (
    <div className={styles['together']}>
      <InputNumber
        id={id}
        size="small"
        min={0}
        precision={0}
        changeOnWheel={false}
        value={parts?.amount ?? null}
        onChange={(amount) => onChange(amount === null ? undefined : `${amount}${unit}`)}
      />
      <Select
        size="small"
        aria-label={t('unitOf', { label })}
        style={{ minWidth: 110 }}
        disabled={parts === undefined}
        value={unit}
        options={UNITS.map((one) => ({ value: one, label: t(`unit.${one}`) }))}
        onChange={(next: Unit) => onChange(`${parts?.amount ?? 0}${next}`)}
      />
    </div>
  )
}
