import type { Viewport } from '@xyflow/react'

/** How React Flow was told of the view last. */
export interface Told {
  readonly view: Viewport
  readonly atMs: number
  /** How long it took until what came into sight by it was painted. */
  readonly tookMs: number
}

/** Two frames of 60 Hz: what was painted by then held nothing up. */
const UNNOTICED_MS = 35
/** Of the time of a movement at most a twentieth goes into drawing what comes into sight. */
const SHARE = 20
const LEAST_PAUSE_MS = 60
const LEAST_WAY_PX = 32
const LEAST_ZOOM = 1.1

/** Whether React Flow should be told of the view that the hand has moved to: it draws what came into sight then, all of it at once. */
export function isDue(told: Told, view: Viewport, nowMs: number): boolean {
  const isFar =
    Math.hypot(view.x - told.view.x, view.y - told.view.y) >= LEAST_WAY_PX ||
    Math.abs(Math.log(view.zoom / told.view.zoom)) >= Math.log(LEAST_ZOOM)
  return isFar && nowMs - told.atMs >= pauseMs(told.tookMs)
}

function pauseMs(tookMs: number): number {
  return tookMs <= UNNOTICED_MS ? LEAST_PAUSE_MS : SHARE * (tookMs - UNNOTICED_MS / 2)
}
