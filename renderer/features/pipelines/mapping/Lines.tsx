import { useLayoutEffect, useState } from 'react'
import { type Link, linesInView, type View } from './geometry.ts'
import styles from './Mapping.module.css'

interface LinesProps {
  readonly links: readonly (Link & { readonly isActive: boolean })[]
  readonly view: Omit<View, 'widthPx'>
}

const WIDTH_PX = 84

/** From the columns to the fields that take them. Screen readers hear it in the rows. */
export function Lines({ links, view }: LinesProps) {
  const active = new Set(links.filter(({ isActive }) => isActive).map(({ left, right }) => `${left} ${right}`))
  return (
    <svg aria-hidden className={styles['lines']} width={WIDTH_PX} height="100%">
      {linesInView(links, { ...view, widthPx: WIDTH_PX }).map(({ left, right, path }) => (
        <path key={`${left} ${right}`} d={path} data-active={active.has(`${left} ${right}`)} />
      ))}
    </svg>
  )
}

/** How far two lists are scrolled and how much of them is seen; `follow` is told of every scroll. */
export function useScrolled(left: { current: HTMLElement | null }, right: { current: HTMLElement | null }) {
  const [view, setView] = useState({ leftScrollPx: 0, rightScrollPx: 0, heightPx: 0 })
  const follow = (): void => {
    const leftScrollPx = left.current?.scrollTop ?? 0
    const rightScrollPx = right.current?.scrollTop ?? 0
    setView({ leftScrollPx, rightScrollPx, heightPx: left.current?.clientHeight ?? 0 })
  }
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- refs do not change
  useLayoutEffect(() => {
    follow()
    const watching = new ResizeObserver(follow)
    if (left.current !== null) watching.observe(left.current)
    return () => watching.disconnect()
  }, [])
  return { view, follow }
}
