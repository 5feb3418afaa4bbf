import { Dropdown } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { COPY_FORMATS, type CopyFormat } from './clipboard.ts'
import styles from './DataGrid.module.css'
import type { CellPlace } from './grid-types.ts'

interface GridMenuProps {
  readonly place: CellPlace
  readonly onCopy: (format: CopyFormat) => void
  readonly extra?: (
    place: CellPlace,
  ) => readonly { readonly key: string; readonly label: ReactNode; readonly onClick: () => void }[]
  readonly children: readonly [ReactElement, ReactNode]
}

/** What the right button offers over the selected cells. */
export function GridMenu({ place, onCopy, extra, children: [grid, below] }: GridMenuProps) {
  const { t } = useTranslation('ui')
  const copies = COPY_FORMATS.map((format) => ({
    key: format,
    label: t(`grid.copy.${format}`),
    onClick: () => onCopy(format),
  }))
  return (
    <div className={styles['frame']}>
      <Dropdown trigger={['contextMenu']} menu={{ items: [...(extra?.(place) ?? []), ...copies] }}>
        {grid}
      </Dropdown>
      {below}
    </div>
  )
}
