import { type Dispatch, type Ref, type RefObject, type SetStateAction, useImperativeHandle, useState } from 'react'
import type { Selection } from './cell-block.ts'
import type { GridHandle } from './grid-types.ts'

const NOTHING: Selection = { anchor: { row: 0, column: 0 }, focus: { row: 0, column: 0 } }

interface Selecting {
  readonly scroller: RefObject<HTMLElement | null>
  readonly handle: Ref<GridHandle> | undefined
  readonly showRow: (row: number) => void
  readonly jumpTo: (row: number) => void
  readonly showColumn: (column: number) => void
  readonly onSelectRow: ((row: number) => void) | undefined
}

/** The selected block; moving it brings its focus into sight. */
export function useSelection(selecting: Selecting): readonly [Selection, (selection: Selection) => void] {
  const [selection, setSelection]: [Selection, Dispatch<SetStateAction<Selection>>] = useState(NOTHING)
  const select = (next: Selection): void => {
    setSelection(next)
    selecting.showRow(next.focus.row)
    selecting.showColumn(next.focus.column)
    if (next.focus.row !== selection.focus.row) selecting.onSelectRow?.(next.focus.row)
  }
  useImperativeHandle(selecting.handle, () => ({
    goTo: (row) => {
      selecting.jumpTo(row)
      setSelection({ anchor: { row, column: 0 }, focus: { row, column: 0 } })
      selecting.scroller.current?.focus()
    },
  }))
  return [selection, select]
}
