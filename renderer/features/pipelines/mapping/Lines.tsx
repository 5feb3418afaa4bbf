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
