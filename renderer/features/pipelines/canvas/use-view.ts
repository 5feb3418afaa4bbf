import type { OnMove, Viewport } from '@xyflow/react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { isDue, type Told } from './view-due.ts'

/** Between two dots of the ground. */
export const GAP_PX = 20
/** When the hand rests so long, everything in sight is drawn. */
const RESTED_MS = 60

interface Hand {
  told: Told
  view: Viewport
  resting: ReturnType<typeof setTimeout> | undefined
}

/**
 * The view of the drawing. While a hand moves it, what is drawn already is moved as one picture, and React Flow is told now and then
 * (`isDue`): for every view that it is told it asks each of its nodes and edges, and draws the drawing anew.
 * @param flow React Flow's own element
 */
export function useView(flow: RefObject<HTMLDivElement | null>) {
  const [viewport, setViewport] = useState<Viewport>({ x: 0, y: 0, zoom: 1 })
  const hand = useRef<Hand>(undefined)
  const tell = (): void => {
    const moved = hand.current
    if (moved === undefined) return
    clearTimeout(moved.resting)
    if (moved.view === moved.told.view) return
    const told = { view: moved.view, atMs: performance.now(), tookMs: 0 }
    moved.told = told
    // At once: what React Flow knows and what is seen must not differ by another movement.
    flushSync(() => setViewport(told.view))
    groundOf(flow.current)?.style.removeProperty('transform')
    requestAnimationFrame(() =>
      requestAnimationFrame((nowMs) => {
        if (moved.told === told) moved.told = { ...told, tookMs: nowMs - told.atMs }
      }),
    )
  }
  const onMoveStart: OnMove = (event, view) => {
    if (event === null || hand.current !== undefined) return
    hand.current = { told: { view, atMs: 0, tookMs: 0 }, view, resting: undefined }
    flow.current?.setAttribute('data-moved', '')
  }
  const onMoveEnd: OnMove = () => {
    tell()
    hand.current = undefined
    flow.current?.removeAttribute('data-moved')
  }
  const onViewportChange = (view: Viewport): void => {
    const moved = hand.current
    if (moved === undefined || flow.current === null) return setViewport(view)
    moved.view = view
    show(flow.current, moved)
    clearTimeout(moved.resting)
    if (isDue(moved.told, view, performance.now())) tell()
    else moved.resting = setTimeout(tell, RESTED_MS)
  }
  useEffect(() => () => clearTimeout(hand.current?.resting), [])
  // Before anything is pressed: a wheel's movement ends a while after its last turn.
  return { viewport, onViewportChange, onMoveStart, onMoveEnd, onPointerDownCapture: tell }
}

/** The drawing where the view is, as React Flow itself will write it; its ground by so much as the eye can tell from where it is. */
function show(flow: HTMLElement, { told, view }: Hand): void {
  const { x, y, zoom } = view
  const drawn = flow.querySelector<HTMLElement>('.react-flow__viewport')
  if (drawn !== null) drawn.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`
  const ground = groundOf(flow)
  const gap = GAP_PX * told.view.zoom
  if (ground !== null) {
    ground.style.transform = `translate(${(x - told.view.x) % gap}px, ${(y - told.view.y) % gap}px)`
  }
}

function groundOf(flow: HTMLElement | null): SVGElement | null {
  return flow?.querySelector<SVGElement>('.react-flow__background') ?? null
}
