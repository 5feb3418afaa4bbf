import { type DragEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudioContext } from '../feature.ts'
import { useDroppedFiles } from '../host/use-dropped-files.ts'
import { UploadList } from '../uploads/UploadList.tsx'
import styles from './FileDrop.module.css'

interface FileDropProps {
  readonly context: StudioContext
  readonly children: ReactNode
}

/** A file dropped anywhere is opened. */
export function FileDrop({ context, children }: FileDropProps) {
  const { t } = useTranslation('app')
  const [isOver, setOver] = useState(false)
  const open = useDroppedFiles(context)
  const over = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  const drop = (event: DragEvent): void => {
    setOver(false)
    if (event.dataTransfer.items.length === 0) return
    event.preventDefault()
    open(event.dataTransfer)
  }
  return (
    <div className={styles['area']} onDragOver={over} onDragLeave={() => setOver(false)} onDrop={drop}>
      {children}
      <UploadList />
      {isOver && <div className={styles['hint']}>{t('drop.hint')}</div>}
    </div>
  )
}
