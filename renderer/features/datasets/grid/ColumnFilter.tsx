import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridColumn } from '../../../ui/grid/grid-types.ts'
import { Select } from '../../../ui/select/Select.tsx'
import styles from '../Datasets.module.css'
import {
  type ColumnCondition,
  conditionOf,
  type Operator,
  operatorsFor,
  takesValue,
  writtenValue,
} from './filtering.ts'

interface ColumnFilterProps {
  readonly column: GridColumn
  readonly condition: ColumnCondition | undefined
  /** Undefined takes the condition away. */
  readonly onChange: (condition: ColumnCondition | undefined) => void
}

/** The condition of one column. */
export function ColumnFilter({ column, condition, onChange }: ColumnFilterProps) {
  const { t } = useTranslation('datasets')
  const operators = operatorsFor(column.type)
  const [operator, setOperator] = useState<Operator>(condition?.operator ?? operators[0] ?? 'equal')
  const [written, setWritten] = useState(condition === undefined ? '' : writtenValue(condition))
  const made = conditionOf(column.name, operator, written)
  const value = { value: written, 'aria-label': t('filter.value'), spellCheck: false, autoFocus: true } as const
  return (
    <form
      className={styles['filter']}
      aria-label={t('filter.of', { column: column.name })}
      onSubmit={(event) => {
        event.preventDefault()
        onChange(made)
      }}
    >
      <Select
        aria-label={t('filter.operator')}
        value={operator}
        listHeight={480}
        options={operators.map((one) => ({ value: one, label: t(`operator.${one}`) }))}
        onChange={setOperator}
      />
      {takesValue(operator) &&
        (operator === 'in' ? (
          <Input.TextArea
            {...value}
            placeholder={t('filter.list')}
            autoSize={{ minRows: 3, maxRows: 8 }}
            onChange={(event) => setWritten(event.target.value)}
          />
        ) : (
          <Input {...value} onChange={(event) => setWritten(event.target.value)} />
        ))}
      <div className={styles['filterActs']}>
        <Button size="small" type="primary" htmlType="submit" disabled={made === undefined}>
          {t('filter.apply')}
        </Button>
        <Button size="small" disabled={condition === undefined} onClick={() => onChange(undefined)}>
          {t('filter.clear')}
        </Button>
      </div>
    </form>
  )
}
