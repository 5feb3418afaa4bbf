import type { KeyboardEvent } from 'react'
import { moved, type Selection } from './cell-block.ts'
import type { CellPlace } from './grid-types.ts'

interface GridKeys {
  readonly selection: Selection
  readonly extent: { readonly rows: number; readonly columns: number; readonly pageRows: number }
  readonly onSelect: (selection: Selection) => void
  readonly onOpen: (place: CellPlace) => void
  readonly onCopy: () => void
  /** Home was pressed: the first column may stand fixed beside others that are far on. */
  readonly onHome: () => void
}

/** Keys while the grid itself has the focus; those of buttons in its head are theirs. */
export function useGridKeys({
  selection,
  extent,
  onSelect,
  onOpen,
  onCopy,
  onHome,
}: GridKeys): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    if (event.target !== event.currentTarget) return
    const isFar = event.ctrlKey || event.metaKey
    if (isFar && event.key.toLowerCase() === 'c') {
      event.preventDefault()
      return onCopy()
    }
    if (isFar && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      return onSelect({ anchor: { row: 0, column: 0 }, focus: { row: extent.rows - 1, column: extent.columns - 1 } })
    }
    if (event.key === 'Enter' && extent.rows > 0) return onOpen(selection.focus)
    const next = moved(selection, { key: event.key, isExtending: event.shiftKey, isFar }, extent)
    if (next === undefined) return
    event.preventDefault()
    onSelect(next)
    if (event.key === 'Home') onHome()
  }
}
