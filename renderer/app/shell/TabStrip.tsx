import { CloseOutlined } from '@ant-design/icons'
import { createElement, type DragEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useConfirm } from '../../ui/confirm/use-confirm.ts'
import { tabKind } from '../features.ts'
import type { TabGroup } from '../workbench/layout.ts'
import { type Tab, tabSchema } from '../workbench/tab.ts'
import { useWorkbench, useWorkbenchState } from '../workbench/use-workbench.ts'
import styles from './TabStrip.module.css'

const DRAGGED = 'application/x-runnel-tab'

/** The tabs of a group: arrow keys move, Delete closes, dragging moves them, also to other groups. */
export function TabStrip({ group }: { readonly group: TabGroup }) {
  const { t } = useTranslation('app')
  const workbench = useWorkbench()
  const drop = (event: DragEvent, index: number): void => {
    const dragged = tabSchema.safeParse(parse(event.dataTransfer.getData(DRAGGED)))
    if (!dragged.success) return
    event.preventDefault()
    event.stopPropagation()
    workbench.moveTab(dragged.data, group.id, index)
  }
  return (
    <div
      className={styles['strip']}
      role="tablist"
      aria-label={t('shell.tabs')}
      onDragOver={(event) => event.dataTransfer.types.includes(DRAGGED) && event.preventDefault()}
      onDrop={(event) => drop(event, group.tabs.length)}
    >
      {group.tabs.map((tab, index) => (
        <TabHandle key={tab.id} group={group} tab={tab} onDrop={(event) => drop(event, index)} />
      ))}
    </div>
  )
}

interface TabHandleProps {
  readonly group: TabGroup
  readonly tab: Tab
  readonly onDrop: (event: DragEvent) => void
}

function TabHandle({ group, tab, onDrop }: TabHandleProps) {
  const { t } = useTranslation()
  const { focusTab } = useWorkbench()
  const close = useCloseTab(group, tab)
  const isDirty = useWorkbenchState((state) => state.dirty.has(tab.id))
  const kind = tabKind(tab.kind)
  const isActive = tab.id === group.activeId
  const title = useTabTitle(tab)
  const handle = useRef<HTMLDivElement>(null)
  // More tabs than the window is wide: the one in front is always to be seen.
  useEffect(() => {
    if (isActive) handle.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isActive])
  return (
    <div
      ref={handle}
      role="presentation"
      className={styles['tab']}
      data-active={isActive}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, JSON.stringify(tab))}
      onDrop={onDrop}
      onAuxClick={(event) => event.button === 1 && close()}
    >
      <button
        type="button"
        role="tab"
        id={`tab-${group.id}-${tab.id}`}
        aria-selected={isActive}
        aria-controls={`panel-${group.id}-${tab.id}`}
        tabIndex={isActive ? 0 : -1}
        title={title}
        className={styles['label']}
        onClick={() => focusTab(group.id, tab.id)}
        onKeyDown={(event) => onTabKey(event, close)}
      >
        {kind !== undefined && createElement(kind.icon, { 'aria-hidden': true })}
        <bdi className={styles['name']}>{title}</bdi>
        {isDirty && <span role="img" className={styles['dirty']} aria-label={t('app:shell.unsaved')} />}
      </button>
      {/* For the mouse only: a list of tabs may hold nothing but tabs. The keyboard closes with Delete or the command. */}
      <span aria-hidden className={styles['close']} onClick={close}>
        <CloseOutlined aria-hidden />
      </span>
    </div>
  )
}

/** Closes a tab; asks first when that would lose changes. */
function useCloseTab(group: TabGroup, tab: Tab): () => void {
  const { t } = useTranslation('app')
  const workbench = useWorkbench()
  const title = useTabTitle(tab)
  const close = (): void => workbench.closeTab(group.id, tab.id)
  const ask = useConfirm({
    title: t('shell.closeUnsaved', { name: title }),
    content: t('shell.closeUnsavedDetail'),
    okText: t('shell.discard'),
    cancelText: t('shell.keepEditing'),
    onOk: close,
  })
  return () => (workbench.store.getState().dirty.has(tab.id) ? ask() : close())
}

function useTabTitle({ kind, params }: Tab): string {
  const { t } = useTranslation()
  const title = tabKind(kind)?.title(params)
  if (title === undefined) return kind
  return 'key' in title ? t(title.key) : title.name
}

function onTabKey(event: KeyboardEvent<HTMLElement>, close: () => void): void {
  if (event.key === 'Delete') return close()
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (step === undefined) return
  const tabs = [...(event.currentTarget.closest('[role=tablist]')?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])]
  const next = tabs[(tabs.indexOf(event.currentTarget) + step + tabs.length) % tabs.length]
  next?.focus()
  next?.click()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
