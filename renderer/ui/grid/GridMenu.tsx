import { Dropdown } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { COPY_FORMATS, type CopyFormat } from './clipboard.ts'
import styles from './DataGrid.module.css'
import type { CellPlace } from './grid-types.ts'

interface GridMenuProps {
  readonly place: CellPlace
  readonly onCopy: (format: CopyFormat) => void
  /** How many columns stay at the left. */
  readonly fixed: number
  readonly onFix: (columns: number) => void
  readonly extra:
    | ((
        place: CellPlace,
      ) => readonly { readonly key: string; readonly label: ReactNode; readonly onClick: () => void }[])
    | undefined
  readonly children: readonly [ReactElement, ReactNode]
}

/** What the right button offers over the selected cells. */
export function GridMenu({ place, onCopy, fixed, onFix, extra, children: [grid, below] }: GridMenuProps) {
  const { t } = useTranslation('ui')
  const copies = COPY_FORMATS.map((format) => ({
    key: format,
    label: t(`grid.copy.${format}`),
    onClick: () => onCopy(format),
  }))
  const fixing = [
    { key: 'fix', label: t('grid.fix'), onClick: () => onFix(place.column + 1) },
    ...(fixed > 0 ? [{ key: 'release', label: t('grid.release'), onClick: () => onFix(0) }] : []),
  ]
  return (
    <div className={styles['frame']}>
      <Dropdown
        trigger={['contextMenu']}
        menu={{ items: [...(extra?.(place) ?? []), ...copies, { type: 'divider' }, ...fixing] }}
      >
        {grid}
      </Dropdown>
      {below}
    </div>
  )
}
