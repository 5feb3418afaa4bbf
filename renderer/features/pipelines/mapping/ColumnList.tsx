import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId } from 'react'
import { ROW_PX } from './geometry.ts'
import { movedPlace } from './list-keys.ts'
import styles from './Mapping.module.css'

interface ColumnListProps {
  readonly label: string
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly count: number
  readonly active: number
  readonly onActive: (place: number) => void
  /** Keys that do not move the active place. */
  readonly onKey: (event: KeyboardEvent) => void
  readonly onScroll: () => void
  readonly drawRow: (place: number) => ReactNode
  /** What stands in the list while it is empty. */
  readonly empty: ReactNode
}

/** One side of the mapping: a list box of which only the rows in sight are drawn. */
export function ColumnList(props: ColumnListProps) {
  const { label, scroller, count, active, onActive, onKey, onScroll, drawRow, empty } = props
  const id = useId()
  const rows = useVirtualizer({
    count,
    estimateSize: () => ROW_PX,
    getScrollElement: () => scroller.current,
    overscan: 4,
  })
  useEffect(() => {
    if (active >= 0 && active < count) rows.scrollToIndex(active)
  }, [active, count, rows])
  const press = (event: KeyboardEvent): void => {
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX))
    const next = event.altKey ? undefined : movedPlace(event.key, active, count, pageRows)
    if (next === undefined) return onKey(event)
    event.preventDefault()
    onActive(next)
  }
  return (
    <div ref={scroller} className={styles['scroller']} onScroll={onScroll}>
      {count === 0 && empty}
      <div
        role="listbox"
        aria-label={label}
        tabIndex={0}
        className={styles['list']}
        style={{ height: count * ROW_PX }}
        {...(count > 0 ? { 'aria-activedescendant': `${id}-${active}` } : {})}
        onKeyDown={press}
      >
        {rows.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            aria-posinset={index + 1}
            aria-setsize={count}
            className={styles['row']}
            style={{ transform: `translateY(${start}px)` }}
            onMouseDown={() => onActive(index)}
          >
            {drawRow(index)}
          </div>
        ))}
      </div>
    </div>
  )
}
