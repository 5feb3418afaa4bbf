import type { Box } from './align.ts'

/** Whether all of a box can be seen in a window; both in the same measure. */
export function isInSight(box: Box, window: Box): boolean {
  return (
    box.x >= window.x &&
    box.y >= window.y &&
    box.x + box.width <= window.x + window.width &&
    box.y + box.height <= window.y + window.height
  )
}
