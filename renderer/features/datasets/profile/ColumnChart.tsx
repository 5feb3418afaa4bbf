import { type KeyboardEvent, type MouseEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import type { Bar } from './chart-bars.ts'
import styles from './Profile.module.css'

export interface ChartProps {
  /** What the bars are of. */
  readonly label: string
  readonly bars: readonly Bar[]
  readonly chosen: readonly number[]
  /** Absent while rows cannot be chosen yet. */
  readonly onChoose: ((bin: number, isAdded: boolean) => void) | undefined
}

/**
 * A histogram to choose bins from: by mouse, or with the arrow keys and Enter; with Ctrl or Shift several. One control as a whole,
 * since its bars are too narrow to be one each. The pale part is what selections elsewhere took away.
 */
export function ColumnChart({ label, bars, chosen, onChoose }: ChartProps) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const id = useId()
  const [active, setActive] = useState(0)
  const most = Math.max(1, ...bars.map(({ all }) => all))
  const choose = (place: number, event: KeyboardEvent | MouseEvent): void => {
    const bar = bars[place]
    if (bar === undefined) return
    setActive(place)
    onChoose?.(bar.bin, event.ctrlKey || event.metaKey || event.shiftKey)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextPlace(event.key, active, bars.length)
    if (next !== undefined) setActive(next)
    else if (event.key === 'Enter' || event.key === ' ') choose(active, event)
    else return
    event.preventDefault()
  }
  return (
    <div
      className={styles['columns']}
      role="listbox"
      aria-label={label}
      aria-multiselectable
      aria-disabled={onChoose === undefined}
      aria-activedescendant={`${id}-${active}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={(event) => choose(placeOf(event.target), event)}
    >
      {bars.map(({ bin, label: name, count, all }, place) => {
        const said = t('profile.bin', { name: name ?? t('profile.bin.none'), rows: formats.number(count) })
        return (
          <div
            key={bin}
            id={`${id}-${place}`}
            className={styles['bar']}
            role="option"
            aria-selected={chosen.includes(bin)}
            aria-label={said}
            title={said}
            data-place={place}
            data-role={name === undefined ? 'none' : 'bin'}
            data-active={place === active}
            data-dimmed={chosen.length > 0 && !chosen.includes(bin)}
          >
            <span className={styles['track']}>
              <i className={styles['all']} style={{ height: sizeOf(all / most) }} />
              <i className={styles['now']} style={{ height: sizeOf(count / most) }} />
            </span>
          </div>
        )
      })}
    </div>
  )
}

function nextPlace(key: string, place: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return Math.min(place + 1, count - 1)
    case 'ArrowLeft':
      return Math.max(place - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}

/** Of the bar that was hit; -1 beside them. */
function placeOf(target: EventTarget): number {
  const bar = target instanceof Element ? target.closest('[data-place]') : null
  return Number(bar?.getAttribute('data-place') ?? -1)
}

/** What is little is still seen. */
export function sizeOf(share: number): string {
  return share === 0 ? '0' : `max(1px, ${(share * 100).toFixed(2)}%)`
}
