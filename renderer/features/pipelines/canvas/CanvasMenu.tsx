import { type KeyboardEvent, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../../ui/key-hint/KeyHint.tsx'
import { useEditorState } from '../document/use-editor.ts'
import { movedPlace } from '../mapping/list-keys.ts'
import styles from './Chooser.module.css'
import { CANVAS_KEYS } from './canvas-keys.ts'
import { type Asking, useCanvas } from './canvas-store.ts'
import { actsFor } from './offered-acts.ts'
import { useCanvasActs } from './use-canvas-acts.ts'
import { useCloseOutside } from './use-close-outside.ts'

interface CanvasMenuProps {
  readonly asking: Extract<Asking, { kind: 'menu' }>
  readonly onClose: () => void
}

const WIDTH_PX = 230
const ITEM_PX = 26
const PAGE_ITEMS = 5

/** What can be done with what is selected, at the place that was pointed at. */
export function CanvasMenu({ asking: { at, place }, onClose }: CanvasMenuProps) {
  const { t } = useTranslation('canvas')
  const acts = useCanvasActs()
  const frame = useRef<HTMLDivElement>(null)
  const nodes = useEditorState((state) => state.selection.length)
  const picked = useCanvas((state) => state.picked)
  const groups = actsFor({ nodes, picked: [...picked] })
  useCloseOutside(frame, onClose)
  useEffect(() => itemsOf(frame.current)[0]?.focus(), [])
  const press = (event: KeyboardEvent): void => {
    const items = itemsOf(frame.current)
    const now = items.findIndex((item) => item === document.activeElement)
    const next = movedPlace(event.key, now, items.length, PAGE_ITEMS)
    event.stopPropagation()
    if (event.key === 'Escape' || event.key === 'Tab') onClose()
    else if (next !== undefined) items[next]?.focus()
    else return
    event.preventDefault()
  }
  const left = Math.max(8, Math.min(at.x, window.innerWidth - WIDTH_PX - 8))
  const top = Math.max(8, Math.min(at.y, window.innerHeight - (groups.flat().length + groups.length) * ITEM_PX))
  return createPortal(
    <div
      ref={frame}
      role="menu"
      tabIndex={-1}
      aria-label={t('menu')}
      className={`nokey ${styles['menu']}`}
      style={{ left, top }}
      onKeyDown={press}
      onContextMenu={(event) => event.preventDefault()}
    >
      {groups.map((group) => (
        <div key={group.join()} role="presentation" className={styles['menuGroup']}>
          {group.map((act) => (
            <button
              key={act}
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-danger={act === 'delete'}
              onClick={() => {
                onClose()
                acts.run(act, { at, place })
              }}
            >
              {t(`act.${act}`)} <KeyHint keys={CANVAS_KEYS[act][0] ?? ''} />
            </button>
          ))}
        </div>
      ))}
    </div>,
    document.body,
  )
}

function itemsOf(frame: HTMLElement | null): HTMLElement[] {
  return [...(frame?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
}
