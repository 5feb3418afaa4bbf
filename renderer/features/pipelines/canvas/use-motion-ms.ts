import { useMedia } from '../../../ui/theme/use-media.ts'

/** How long a movement of the drawing takes: none at all for those who asked for less motion. */
export function useMotionMs(ms: number): number {
  return useMedia('(prefers-reduced-motion: reduce)') ? 0 : ms
}
