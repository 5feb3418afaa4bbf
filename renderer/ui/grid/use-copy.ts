import { App as AntApp } from 'antd'
import { useTranslation } from 'react-i18next'
import { blockOf, type Selection } from './cell-block.ts'
import { type CopyFormat, copyText } from './clipboard.ts'
import { copiedRows } from './copied-rows.ts'
import type { GridColumn, RowSource } from './grid-types.ts'
import type { PageCache } from './page-cache.ts'

/** More rows belong into an export. */
const MOST_ROWS = 50_000

/** Puts the selected block on the clipboard, rows that were not seen yet too. */
export function useCopy(
  columns: readonly GridColumn[],
  source: RowSource,
  cache: PageCache,
  selection: Selection,
): (format: CopyFormat) => void {
  const { t } = useTranslation('ui')
  const { message } = AntApp.useApp()
  const copy = async (format: CopyFormat): Promise<void> => {
    const { top, bottom, left, right } = blockOf(selection)
    const last = Math.min(bottom, source.rowCount - 1, top + MOST_ROWS - 1)
    try {
      const rows = await copiedRows(source, cache, { top, bottom: last, left, right })
      const text = copyText(format, { columns: columns.slice(left, right + 1), rows })
      await navigator.clipboard.writeText(text)
      void message.success(t('grid.copied', { rows: rows.length, columns: right - left + 1 }))
      if (last < bottom) void message.warning(t('grid.copyCut', { rows: MOST_ROWS }))
    } catch {
      void message.error(t('grid.copyFailed'))
    }
  }
  return (format) => void copy(format)
}
