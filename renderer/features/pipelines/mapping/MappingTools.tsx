import { FullscreenExitOutlined, FullscreenOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { IconButton } from '../../../ui/icon-button/IconButton.tsx'
import { NamedChoices } from '../../../ui/select/NamedChoices.tsx'
import { type WantedColumn, withMapping } from './fields.ts'
import { ListPopover } from './ListPopover.tsx'
import styles from './Mapping.module.css'
import { StandardsNotice } from './StandardsNotice.tsx'
import { SuggestionList } from './SuggestionList.tsx'
import { sureEnough, withSuggestions } from './suggested.ts'
import type { Mapping } from './use-mapping.ts'
import type { Suggestions } from './use-suggestions.ts'

/** Suggestions this sure are right but for the odd one. */
const SURE = 0.8

interface MappingToolsProps {
  readonly node: string
  readonly mapping: Mapping
  readonly suggestions: Suggestions
  /** Columns of the target that no field gives. */
  readonly missing: readonly WantedColumn[]
  /** The active column of the input. */
  readonly column: string | undefined
  readonly onMap: (from: string, to?: string) => void
  readonly row: number
  readonly rowCount: number
  readonly onRow: (row: number) => void
  /** Over the whole window. */
  readonly isFull: boolean
  readonly onFull: (isFull: boolean) => void
}

/** Mapping by keyboard, suggestions, what the target still wants, and the row whose values are shown. */
export function MappingTools(props: MappingToolsProps) {
  const { node, mapping, suggestions, missing, row, rowCount, onRow, isFull, onFull } = props
  const { t } = useTranslation('mapping')
  const { percent } = useFormats()
  const sure = sureEnough(suggestions.open, SURE)
  const accept = (found: typeof sure): void => mapping.change((fields) => withSuggestions(fields, found))
  return (
    <div className={styles['tools']} role="toolbar" aria-label={t('mapping.tools')}>
      <MapTo {...props} />
      <ListPopover label={t('mapping.suggestions', { count: suggestions.open.length })} count={suggestions.open.length}>
        <SuggestionList suggestions={suggestions} onAccept={(one) => accept([one])} />
      </ListPopover>
      <Button size="small" disabled={sure.length === 0} onClick={() => accept(sure)}>
        {t('mapping.acceptSure', { count: sure.length, share: percent(SURE) })}
      </Button>
      <MissingColumns mapping={mapping} missing={missing} />
      <StandardsNotice node={node} />
      <span className={styles['grow']} />
      <IconButton
        label={t('mapping.rowBefore')}
        icon={<LeftOutlined />}
        isDisabled={row === 0}
        onClick={() => onRow(row - 1)}
      />
      <small>{t('mapping.row', { row: rowCount === 0 ? 0 : row + 1, count: rowCount })}</small>
      <IconButton
        label={t('mapping.rowAfter')}
        icon={<RightOutlined />}
        isDisabled={row + 1 >= rowCount}
        onClick={() => onRow(row + 1)}
      />
      <IconButton
        label={t(isFull ? 'mapping.leaveFull' : 'mapping.full')}
        icon={isFull ? <FullscreenExitOutlined aria-hidden /> : <FullscreenOutlined aria-hidden />}
        isActive={isFull}
        onClick={() => onFull(!isFull)}
      />
    </div>
  )
}

/** Where the active column goes: a field that is there, one that the target wants, or a new name. */
function MapTo({ column, mapping, missing, onMap }: MappingToolsProps) {
  const { t } = useTranslation('mapping')
  const [text, setText] = useState('')
  const names = [...new Set([...missing.map(({ name }) => name), ...mapping.fields.map(({ to }) => to)])]
  const go = (to: string): void => {
    if (column !== undefined && to.trim() !== '') onMap(column, to.trim())
    setText('')
  }
  return (
    <span data-mapping-target>
      <AutoComplete
        popupRender={(list) => <NamedChoices>{list}</NamedChoices>}
        size="small"
        style={{ width: 220 }}
        aria-label={t('mapping.mapTo', { column: column ?? '' })}
        placeholder={t('mapping.mapTo', { column: column ?? '' })}
        disabled={column === undefined}
        value={text}
        options={names.map((value) => ({ value }))}
        showSearch={{ filterOption: (typed, option) => String(option?.value).includes(typed) }}
        onChange={setText}
        onSelect={go}
        onKeyDown={(event) => {
          const isPicking = event.currentTarget.getAttribute('aria-activedescendant') !== null
          if (event.key === 'Enter' && !event.nativeEvent.isComposing && !isPicking) go(text)
        }}
      />
    </span>
  )
}

function MissingColumns({ mapping, missing }: Pick<MappingToolsProps, 'mapping' | 'missing'>) {
  const { t } = useTranslation('mapping')
  const required = missing.filter(({ isRequired }) => isRequired)
  if (missing.length === 0) return null
  const add = (name: string): void => mapping.change((fields) => withMapping(fields, name, name))
  return (
    <ListPopover
      label={t('mapping.missing', { count: missing.length, required: required.length })}
      isUrgent={required.length > 0}
      count={missing.length}
    >
      <ul className={styles['suggestions']}>
        {missing.slice(0, 200).map(({ name, isRequired }) => (
          <li key={name}>
            <bdi>{name}</bdi>
            {isRequired && <Tag color="error">{t('mapping.required')}</Tag>}
            <Button size="small" aria-label={t('mapping.addField', { name })} onClick={() => add(name)}>
              {t('mapping.add')}
            </Button>
          </li>
        ))}
      </ul>
    </ListPopover>
  )
}
