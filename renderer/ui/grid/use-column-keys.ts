import type { KeyboardEvent } from 'react'
import { columnAct } from './column-keys.ts'
import type { HeldColumns } from './grid-types.ts'
import { NARROWEST_COLUMN_PX, type useGridColumns, WIDEST_COLUMN_PX } from './use-grid-columns.ts'

interface ColumnKeys {
  readonly table: ReturnType<typeof useGridColumns>
  /** Columns that are shown. */
  readonly count: number
  /** Of the cell that has the focus. */
  readonly column: number
  readonly held: HeldColumns | undefined
  /** The focused cell goes with its column. */
  readonly onFollow: (column: number) => void
}

/** Moves a column and changes its width by keys: that of the head they are pressed on, else that of the focused cell. */
export function useColumnKeys({ table, count, column, held, onFollow }: ColumnKeys): (event: KeyboardEvent) => boolean {
  return (event) => {
    const act = columnAct(event)
    if (act === undefined) return false
    const head = event.target instanceof Element ? event.target.closest('[role=columnheader]') : null
    // What opens over a head is none of it, though its keys come here too.
    if (head === null && event.target !== event.currentTarget) return false
    const at = head === null ? column : Number(head.getAttribute('aria-colindex')) - 2
    const shown = table.getVisibleLeafColumns()[at]
    if (shown === undefined) return false
    // The browser would go a page back.
    event.preventDefault()
    if ('widenBy' in act) {
      const width = Math.min(WIDEST_COLUMN_PX, Math.max(NARROWEST_COLUMN_PX, shown.getSize() + act.widenBy))
      table.setColumnSizing((before) => ({ ...before, [shown.id]: width }))
      return true
    }
    const to = at + act.moveBy
    if (held === undefined || to < 0 || to >= count) return true
    held.onMove(at, to)
    if (head === null) onFollow(to)
    else followHead(head, act.moveBy)
    return true
  }
}

/** The button that was pressed stays where it is while the column goes: the focus goes with the column. */
function followHead(head: Element, step: -1 | 1): void {
  const next = step === 1 ? head.nextElementSibling : head.previousElementSibling
  next?.querySelector('button')?.focus()
}
