import { ExportOutlined, LoadingOutlined, ReloadOutlined, WarningOutlined } from '@ant-design/icons'
import { Button, InputNumber, Tooltip } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../../engine/contract/cursor.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useTold } from '../../../app/i18n/use-told.ts'
import { IconButton } from '../../../ui/icon-button/IconButton.tsx'
import type { CursorView } from '../cursor/cursor-session.ts'
import styles from '../Datasets.module.css'
import { ExportDialog } from './ExportDialog.tsx'
import { FilterBar } from './FilterBar.tsx'
import { RejectsButton } from './RejectsButton.tsx'

interface GridToolsProps {
  readonly view: CursorView
  readonly name: string
  readonly filter: readonly Filter[]
  readonly onFilter: (filter: readonly Filter[]) => void
  readonly onGoTo: (row: number) => void
  readonly onReopen: () => void
  /** Chooses the columns that are shown. */
  readonly columns: ReactNode
  /** Names of those, in their order. */
  readonly exported: readonly string[]
  readonly onLeaveOffline?: () => void
}

/** What is known about the rows, the filter, and acts on all of them. */
export function GridTools(props: GridToolsProps) {
  const { view, name, filter, onFilter, onGoTo, onReopen, onLeaveOffline, columns, exported } = props
  const { t } = useTranslation('datasets')
  const [isExporting, setExporting] = useState(false)
  const { opened, facts } = view
  return (
    <div className={styles['tools']} role="toolbar" aria-label={t('grid.tools')}>
      <RowCount view={view} />
      {opened.snapshotTakenAt !== undefined && (
        <SnapshotTag takenAt={opened.snapshotTakenAt} {...(onLeaveOffline === undefined ? {} : { onLeaveOffline })} />
      )}
      {facts.rejected > 0 && <RejectsButton cursor={opened.cursor} count={facts.rejected} encoding={opened.encoding} />}
      {facts.warnings.length > 0 && <Warnings texts={facts.warnings} />}
      <FilterBar filter={filter} onFilter={onFilter} />
      {columns}
      <GoToRow rowCount={view.source.rowCount} onGoTo={onGoTo} />
      <IconButton label={t('grid.reload')} icon={<ReloadOutlined aria-hidden />} onClick={onReopen} />
      <Button size="small" icon={<ExportOutlined aria-hidden />} onClick={() => setExporting(true)}>
        {t('export.open')}
      </Button>
      {isExporting && (
        <ExportDialog opened={opened} name={name} columns={exported} onClose={() => setExporting(false)} />
      )}
    </div>
  )
}

function RowCount({ view: { facts, isArranging } }: Pick<GridToolsProps, 'view'>) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const isBusy = facts.isReading || isArranging
  const text =
    facts.rowCount === undefined
      ? t('grid.rowsSoFar', { rows: formats.number(facts.availableRows) })
      : t('grid.rows', { rows: formats.number(facts.rowCount) })
  return (
    <output className={styles['count']} aria-label={t('grid.rowCount')}>
      {isBusy && <LoadingOutlined aria-label={t('grid.reading')} />} {text}
    </output>
  )
}

function SnapshotTag({ takenAt, onLeaveOffline }: { readonly takenAt: string; readonly onLeaveOffline?: () => void }) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  return (
    <span className={styles['warning']}>
      {t('grid.offline', { time: formats.dateTime(takenAt) })}
      {onLeaveOffline !== undefined && (
        <Button type="link" size="small" onClick={onLeaveOffline}>
          {t('grid.online')}
        </Button>
      )}
    </span>
  )
}

function Warnings({ texts }: { readonly texts: readonly string[] }) {
  const { t } = useTranslation('datasets')
  const told = useTold()
  return (
    <Tooltip
      title={
        <ul className={styles['warnings']}>
          {texts.map((text) => (
            <li key={text}>
              <bdi>{told(text)}</bdi>
            </li>
          ))}
        </ul>
      }
    >
      <button type="button" className={styles['warning']}>
        <WarningOutlined aria-hidden /> {t('grid.warnings', { count: texts.length })}
      </button>
    </Tooltip>
  )
}

function GoToRow({ rowCount, onGoTo }: { readonly rowCount: number; readonly onGoTo: (row: number) => void }) {
  const { t } = useTranslation('datasets')
  return (
    <InputNumber
      size="small"
      className={styles['goTo'] ?? ''}
      aria-label={t('grid.goTo')}
      placeholder={t('grid.goTo')}
      controls={false}
      changeOnWheel={false}
      min={1}
      precision={0}
      disabled={rowCount === 0}
      onPressEnter={(event) => {
        const row = Number((event.target instanceof HTMLInputElement ? event.target.value : '').replaceAll(/\D/g, ''))
        if (row > 0) onGoTo(Math.min(row, rowCount) - 1)
      }}
    />
  )
}
