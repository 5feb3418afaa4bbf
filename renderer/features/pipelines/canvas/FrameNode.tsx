import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { withGroupTitle } from '../document/layout-edits.ts'
import { useEditor } from '../document/use-editor.ts'
import { useCanvas, useCanvasStore } from './canvas-store.ts'
import type { DrawnFrame } from './drawn-marks.ts'
import { focusCanvas } from './focus-canvas.ts'
import { foldFrames } from './fold-frames.ts'
import styles from './Marks.module.css'

/** A named frame round nodes. Its title moves all of them; a double click on it or F2 writes the title. */
export const FrameNode = memo(function FrameNode({ id, data, selected }: NodeProps<DrawnFrame>) {
  const { group, title, count, isClosed } = data
  const { t } = useTranslation('canvas')
  const { editor } = useEditor()
  const store = useCanvasStore()
  const isWritten = useCanvas((state) => state.written === id)
  const end = (next: string): void => {
    editor.arrange((layout) => withGroupTitle(layout, group, next))
    store.setState({ written: undefined })
    focusCanvas()
  }
  return (
    <div className={styles['frame']} data-selected={selected} data-closed={isClosed}>
      {/* The edges of a closed frame's nodes end at it. */}
      <Handle type="target" position={Position.Left} isConnectable={false} className={styles['end'] ?? ''} />
      <Handle type="source" position={Position.Right} isConnectable={false} className={styles['end'] ?? ''} />
      <button
        type="button"
        className={`nodrag nokey ${styles['fold']}`}
        aria-expanded={!isClosed}
        aria-label={t(isClosed ? 'group.open' : 'group.close', { title })}
        onClick={() => foldFrames(editor, new Set([group]))}
      >
        {isClosed ? <RightOutlined aria-hidden /> : <DownOutlined aria-hidden />}
      </button>
      {isWritten ? (
        <input
          // It was asked for by a double click or a key: what is typed next belongs here.
          // biome-ignore lint/a11y/noAutofocus: see above
          autoFocus
          className={`nodrag nokey ${styles['title']}`}
          aria-label={t('group.title')}
          defaultValue={title}
          onFocus={(event) => event.target.select()}
          onBlur={(event) => end(event.target.value.trim())}
          onKeyDown={(event) => {
            event.stopPropagation()
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Escape') event.currentTarget.value = title
            if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur()
          }}
        />
      ) : (
        <div className={styles['title']} onDoubleClick={() => store.setState({ written: id })}>
          {title === '' ? t('group.untitled') : title}
        </div>
      )}
      {isClosed && <div className={styles['count']}>{t('group.count', { count })}</div>}
    </div>
  )
})
