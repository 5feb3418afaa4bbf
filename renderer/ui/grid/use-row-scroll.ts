import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { type ScrollScale, scrollScale } from './scroll-scale.ts'

export interface RowScroll {
  readonly scale: ScrollScale
  /** The row at the top with its fraction. */
  readonly first: number
  readonly viewPx: number
  /** Brings a row into view with as little moving as possible. */
  readonly show: (row: number) => void
  /** Brings a row to the top. */
  readonly jump: (row: number) => void
  readonly onScroll: () => void
}

/** Keeps the row at the top of a scrolled element; the wheel moves by rows however many rows a pixel of the bar stands for. */
export function useRowScroll(
  scroller: RefObject<HTMLElement | null>,
  rows: number,
  rowPx: number,
  headPx: number,
): RowScroll {
  const [viewPx, setViewPx] = useState(600)
  const [first, setFirst] = useState(0)
  const firstNow = useRef(0)
  const scale = useMemo(() => scrollScale(rows, rowPx, viewPx), [rows, rowPx, viewPx])

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const measure = new ResizeObserver(() => setViewPx(Math.max(rowPx, element.clientHeight - headPx)))
    measure.observe(element)
    return () => measure.disconnect()
  }, [scroller, rowPx, headPx])

  const jump = useCallback(
    (row: number): void => {
      firstNow.current = Math.min(scale.lastFirst, Math.max(0, row))
      setFirst(firstNow.current)
      if (scroller.current !== null) scroller.current.scrollTop = scale.topOf(firstNow.current)
    },
    [scale, scroller],
  )

  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const wheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.deltaY === 0 || event.shiftKey) return
      event.preventDefault()
      if (event.deltaX !== 0) element.scrollLeft += event.deltaX
      jump(firstNow.current + (event.deltaMode === 1 ? event.deltaY : event.deltaY / rowPx))
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [scroller, jump, rowPx])

  const onScroll = useCallback((): void => {
    const top = scroller.current?.scrollTop ?? 0
    // Our own setting of the bar comes back as an event; it must not round the row that it stands for.
    if (Math.abs(top - scale.topOf(firstNow.current)) <= 1) return
    firstNow.current = scale.rowAt(top)
    // In the frame in which the bar is seen to move.
    flushSync(() => setFirst(firstNow.current))
  }, [scale, scroller])

  const show = useCallback(
    (row: number): void => {
      const whole = Math.max(1, Math.floor(viewPx / rowPx))
      if (row < firstNow.current) jump(row)
      else if (row + 1 > firstNow.current + whole) jump(row + 1 - viewPx / rowPx)
    },
    [jump, viewPx, rowPx],
  )
  return { scale, first: Math.min(first, scale.lastFirst), viewPx, show, jump, onScroll }
}
