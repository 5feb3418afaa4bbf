import { type NodeProps, NodeResizer } from '@xyflow/react'
import { memo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { withNoteParts } from '../document/layout-edits.ts'
import { useEditor } from '../document/use-editor.ts'
import { useCanvas, useCanvasStore } from './canvas-store.ts'
import type { DrawnNote } from './drawn-marks.ts'
import { focusCanvas } from './focus-canvas.ts'
import styles from './Marks.module.css'

const LEAST_WIDTH_PX = 80
const LEAST_HEIGHT_PX = 40

/** Words on the canvas, as they were typed. A double click or F2 writes them, Escape or leaving them ends it. */
export const NoteNode = memo(function NoteNode({ id, data: { note, text }, selected }: NodeProps<DrawnNote>) {
  const { t } = useTranslation('canvas')
  const { editor } = useEditor()
  const store = useCanvasStore()
  const isWritten = useCanvas((state) => state.written === id)
  return (
    <>
      <NodeResizer
        isVisible={selected}
        minWidth={LEAST_WIDTH_PX}
        minHeight={LEAST_HEIGHT_PX}
        onResizeEnd={(_, { x, y, width, height }) =>
          editor.arrange((layout) => withNoteParts(layout, note, { x, y, width, height }))
        }
      />
      {isWritten ? (
        <Written
          text={text}
          onEnd={(next) => {
            editor.arrange((layout) => withNoteParts(layout, note, { text: next }))
            store.setState({ written: undefined })
            focusCanvas()
          }}
        />
      ) : (
        <div className={styles['note']} onDoubleClick={() => store.setState({ written: id })}>
          {text === '' ? <em>{t('note.empty')}</em> : text}
        </div>
      )}
    </>
  )
})

function Written({ text, onEnd }: { readonly text: string; readonly onEnd: (text: string) => void }) {
  const { t } = useTranslation('canvas')
  const field = useRef<HTMLTextAreaElement>(null)
  return (
    <textarea
      ref={field}
      // It was asked for by a double click or a key: what is typed next belongs here.
      // biome-ignore lint/a11y/noAutofocus: see above
      autoFocus
      className={`nodrag nowheel nokey ${styles['note']}`}
      aria-label={t('note.text')}
      defaultValue={text}
      onBlur={(event) => onEnd(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) field.current?.blur()
      }}
    />
  )
}
