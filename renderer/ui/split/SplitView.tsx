import { Fragment, type ReactNode, useId } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import styles from './SplitView.module.css'
import { useKeptSizes } from './use-kept-sizes.ts'

interface SplitPart {
  readonly id: string
  readonly content: ReactNode
  /** Share of the room in percent, until a person moves the bar. */
  readonly size: number
  /** In percent. */
  readonly minSize?: number
}

interface SplitViewProps {
  /** Sizes are kept under this name. */
  readonly id: string
  readonly orientation: 'horizontal' | 'vertical'
  /** Said of the bar between two parts. */
  readonly barLabel: string
  readonly parts: readonly SplitPart[]
}

/** Parts side by side or one above the other, with bars to move by mouse or arrows. */
export function SplitView({ id, orientation, barLabel, parts }: SplitViewProps) {
  // The same parts may be drawn in several tabs.
  const prefix = useId()
  const panelIds = parts.map((part) => prefix + part.id)
  const sizes = useKeptSizes(id, panelIds)
  return (
    <Group disableCursor orientation={orientation} className={styles['group']} {...sizes}>
      {parts.map((part, index) => (
        <Fragment key={part.id}>
          {index > 0 && <Separator className={styles['bar']} aria-label={barLabel} />}
          <Panel id={prefix + part.id} defaultSize={`${part.size}%`} minSize={`${part.minSize ?? 10}%`}>
            {part.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  )
}
