import { Tag } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../../engine/contract/cursor.ts'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import styles from '../Datasets.module.css'
import { withCondition, withSql, writtenValue } from './filtering.ts'

interface FilterBarProps {
  readonly filter: readonly Filter[]
  readonly onFilter: (filter: readonly Filter[]) => void
}

/** The conditions that hold, each to be taken away, and one in SQL. */
export function FilterBar({ filter, onFilter }: FilterBarProps) {
  const { t } = useTranslation('datasets')
  const inSql = filter.find((one): one is { sql: string } => 'sql' in one)?.sql ?? ''
  const [written, setWritten] = useState(inSql)
  useEffect(() => setWritten(inSql), [inSql])
  return (
    <div className={styles['filters']}>
      {filter.map(
        (one) =>
          'column' in one && (
            <Tag
              key={one.column}
              closable={{ 'aria-label': t('filter.remove', { column: one.column }) }}
              onClose={(event) => {
                event.preventDefault()
                onFilter(withCondition(filter, one.column, undefined))
              }}
            >
              <bdi>{one.column}</bdi> {t(`operator.${one.operator}`)} <bdi>{writtenValue(one).slice(0, 40)}</bdi>
            </Tag>
          ),
      )}
      <TextInput
        size="small"
        allowClear
        className={styles['sqlFilter'] ?? ''}
        aria-label={t('filter.sql')}
        placeholder={t('filter.sqlHint')}
        spellCheck={false}
        value={written}
        onText={(text) => {
          setWritten(text)
          if (text === '' && inSql !== '') onFilter(withSql(filter, ''))
        }}
        onPressEnter={(event) => {
          // Enter that ends the composing of a Chinese word is no wish to filter.
          if (!event.nativeEvent.isComposing) onFilter(withSql(filter, written))
        }}
      />
    </div>
  )
}
