import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from '../Syncs.module.css'
import type { StepProps } from './step-props.ts'

/** What is done in cases that a person must decide, each said as a sentence. */
export function OptionsStep({ draft: { existing, structure, failedTable }, change }: StepProps) {
  const { t } = useTranslation('syncs')
  return (
    <div className={styles['options']}>
      <Choice
        title={t('existing')}
        value={existing}
        options={(['refuse', 'replace', 'keep'] as const).map((value) => [value, t(`existing.${value}`)])}
        onChange={(value) => change({ existing: value })}
      />
      <Choice
        title={t('failedTable')}
        value={failedTable}
        options={(['leave_out', 'stop'] as const).map((value) => [value, t(`failedTable.${value}`)])}
        onChange={(value) => change({ failedTable: value })}
      />
      <Choice
        title={t('structure.add')}
        value={structure.add}
        options={(['apply', 'ignore', 'pause'] as const).map((value) => [value, t(`structure.add.${value}`)])}
        onChange={(add) => change({ structure: { ...structure, add } })}
      />
      <Choice
        title={t('structure.drop')}
        value={structure.drop}
        options={(['ignore', 'pause'] as const).map((value) => [value, t(`structure.drop.${value}`)])}
        onChange={(drop) => change({ structure: { ...structure, drop } })}
      />
      <Choice
        title={t('structure.type')}
        value={structure.type}
        options={(['apply', 'pause'] as const).map((value) => [value, t(`structure.type.${value}`)])}
        onChange={(type) => change({ structure: { ...structure, type } })}
      />
    </div>
  )
}

interface ChoiceProps<Value extends string> {
  readonly title: string
  readonly value: Value
  readonly options: readonly (readonly [Value, string])[]
  readonly onChange: (value: Value) => void
}

function Choice<Value extends string>({ title, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <fieldset>
      <legend>{title}</legend>
      <Radio.Group
        vertical
        value={value}
        options={options.map(([option, label]) => ({ value: option, label }))}
        onChange={({ target }) => onChange(target.value)}
      />
    </fieldset>
  )
}
