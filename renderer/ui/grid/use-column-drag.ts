import { type DragEvent, useState } from 'react'
import { dropTarget } from './column-keys.ts'

interface Dragging {
  readonly from: number
  readonly onto?: number
  readonly isBehind?: boolean
}

export interface ColumnDrag {
  readonly begin: (column: number) => void
  readonly end: () => void
  /** Where the column would be put in, on a head that it hovers over. */
  readonly markOf: (column: number) => 'before' | 'behind' | undefined
  readonly over: (event: DragEvent, column: number) => void
  readonly drop: (event: DragEvent) => void
}

/** A head cell that is dragged along the head. Heads of other grids take none of it. */
export function useColumnDrag(onMove: ((from: number, to: number) => void) | undefined): ColumnDrag {
  const [dragging, setDragging] = useState<Dragging>()
  const target =
    dragging?.onto === undefined ? undefined : dropTarget(dragging.from, dragging.onto, dragging.isBehind ?? false)
  return {
    begin: (from) => onMove !== undefined && setDragging({ from }),
    end: () => setDragging(undefined),
    markOf: (column) => {
      if (target === undefined || dragging?.onto !== column) return undefined
      return dragging.isBehind === true ? 'behind' : 'before'
    },
    over: (event, onto) => {
      if (dragging === undefined) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'move'
      const { left, width } = event.currentTarget.getBoundingClientRect()
      const isBehind = event.clientX > left + width / 2
      if (dragging.onto !== onto || dragging.isBehind !== isBehind) setDragging({ from: dragging.from, onto, isBehind })
    },
    drop: (event) => {
      if (dragging === undefined) return
      event.preventDefault()
      setDragging(undefined)
      if (target !== undefined) onMove?.(dragging.from, target)
    },
  }
}
