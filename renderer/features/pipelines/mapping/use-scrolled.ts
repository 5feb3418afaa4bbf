import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'
import type { View } from './geometry.ts'

type List = RefObject<HTMLDivElement | null>

/** How far two lists are scrolled and how much of them is seen; `follow` is told of every scroll. */
export function useScrolled(left: List, right: List): { view: Omit<View, 'widthPx'>; follow: () => void } {
  const [view, setView] = useState({ leftScrollPx: 0, rightScrollPx: 0, heightPx: 0 })
  const follow = useCallback((): void => {
    const leftScrollPx = left.current?.scrollTop ?? 0
    const rightScrollPx = right.current?.scrollTop ?? 0
    setView({ leftScrollPx, rightScrollPx, heightPx: left.current?.clientHeight ?? 0 })
  }, [left, right])
  useLayoutEffect(() => {
    follow()
    const watching = new ResizeObserver(follow)
    if (left.current !== null) watching.observe(left.current)
    return () => watching.disconnect()
  }, [left, follow])
  return { view, follow }
}
