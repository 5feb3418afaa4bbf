import { Tooltip } from 'antd'
import { createElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Activity, StudioContext } from '../feature.ts'
import { ACTIVITIES } from '../features.ts'
import { useWorkbenchState } from '../workbench/use-workbench.ts'
import styles from './ActivityBar.module.css'

/** The rooms of the studio. Arrow keys move between them. */
export function ActivityBar({ context }: { readonly context: StudioContext }) {
  const { t } = useTranslation('app')
  return (
    <nav className={styles['bar']} aria-label={t('shell.rooms')} onKeyDown={moveFocus}>
      {ACTIVITIES.filter((activity) => !activity.needsWorkspace || context.workspace !== undefined).map((activity) => (
        <ActivityButton key={activity.id} activity={activity} context={context} />
      ))}
    </nav>
  )
}

function ActivityButton({ activity, context }: { readonly activity: Activity; readonly context: StudioContext }) {
  const { t } = useTranslation()
  const isCurrent = useWorkbenchState((state) => state.activity === activity.id && state.isPanelShown)
  const title = t(activity.title)
  const open = (): void => {
    if (activity.load === undefined) activity.open?.(context)
    else context.showActivity(activity.id)
  }
  return (
    <Tooltip title={title} placement="right" mouseEnterDelay={0.5}>
      <button
        type="button"
        className={styles['button']}
        aria-label={title}
        aria-pressed={isCurrent}
        data-current={isCurrent}
        data-room={activity.id}
        onClick={open}
      >
        {createElement(activity.icon, { 'aria-hidden': true })}
      </button>
    </Tooltip>
  )
}

function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  buttons[(at + step + buttons.length) % buttons.length]?.focus()
  event.preventDefault()
}
