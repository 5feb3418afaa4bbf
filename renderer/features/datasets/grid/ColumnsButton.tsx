import { DownOutlined, TableOutlined, UpOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridColumn } from '../../../ui/grid/grid-types.ts'
import { IconButton } from '../../../ui/icon-button/IconButton.tsx'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import styles from '../Datasets.module.css'
import { allColumns, type ColumnLayout, moved, withColumn, without } from './column-layout.ts'

interface ColumnsButtonProps {
  /** Of the data. */
  readonly columns: readonly GridColumn[]
  readonly layout: ColumnLayout
  readonly onLayout: (layout: ColumnLayout) => void
}

/** Which columns are shown, and in which order. */
export function ColumnsButton(props: ColumnsButtonProps) {
  const { t } = useTranslation('datasets')
  const { columns, layout } = props
  const isAll = layout.length === columns.length
  return (
    <Popover
      trigger="click"
      destroyOnHidden
      placement="bottomRight"
      title={t('columns.title')}
      content={<ColumnList {...props} />}
    >
      <Button size="small" icon={<TableOutlined aria-hidden />}>
        {isAll ? t('columns.open') : t('columns.some', { shown: layout.length, count: columns.length })}
      </Button>
    </Popover>
  )
}

/** More are found by typing. */
const MOST_LINES = 200

function ColumnList({ columns, layout, onLayout }: ColumnsButtonProps) {
  const { t } = useTranslation('datasets')
  const [search, setSearch] = useState('')
  const hidden = allColumns(columns.length).filter((index) => !layout.includes(index))
  const word = search.trim().toLowerCase()
  const lines = [...layout, ...hidden].filter((index) => (columns[index]?.name ?? '').toLowerCase().includes(word))
  return (
    <div className={styles['columns']}>
      <TextInput
        size="small"
        allowClear
        aria-label={t('columns.search')}
        placeholder={t('columns.search')}
        value={search}
        onText={setSearch}
      />
      <ul aria-label={t('columns.title')}>
        {lines.slice(0, MOST_LINES).map((index) => (
          <ColumnLine key={index} index={index} name={columns[index]?.name ?? ''} layout={layout} onLayout={onLayout} />
        ))}
      </ul>
      {lines.length > MOST_LINES && <small>{t('columns.more', { count: lines.length - MOST_LINES })}</small>}
      <Button size="small" onClick={() => onLayout(allColumns(columns.length))}>
        {t('columns.all')}
      </Button>
    </div>
  )
}

interface ColumnLineProps extends Pick<ColumnsButtonProps, 'layout' | 'onLayout'> {
  readonly index: number
  readonly name: string
}

function ColumnLine({ index, name, layout, onLayout }: ColumnLineProps) {
  const { t } = useTranslation('datasets')
  const id = useId()
  const at = layout.indexOf(index)
  return (
    <li>
      <Checkbox
        id={id}
        checked={at >= 0}
        disabled={at >= 0 && layout.length === 1}
        onChange={({ target }) => onLayout(target.checked ? withColumn(layout, index) : without(layout, index))}
      />
      <label htmlFor={id}>
        <bdi>{name}</bdi>
      </label>
      <IconButton
        label={t('columns.up', { column: name })}
        icon={<UpOutlined aria-hidden />}
        isDisabled={at <= 0}
        onClick={() => onLayout(moved(layout, index, -1))}
      />
      <IconButton
        label={t('columns.down', { column: name })}
        icon={<DownOutlined aria-hidden />}
        isDisabled={at < 0 || at === layout.length - 1}
        onClick={() => onLayout(moved(layout, index, 1))}
      />
    </li>
  )
}
