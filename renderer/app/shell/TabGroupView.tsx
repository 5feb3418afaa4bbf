import { createElement, Suspense, useMemo } from 'react'
import type { TabView } from '../feature.ts'
import { tabKind } from '../features.ts'
import { lazyViews } from '../lazy-view.ts'
import type { TabGroup } from '../workbench/layout.ts'
import type { Tab } from '../workbench/tab.ts'
import { TabPlaceContext } from '../workbench/use-tab-keys.ts'
import { useWorkbench } from '../workbench/use-workbench.ts'
import { ErrorFence } from './ErrorFence.tsx'
import styles from './TabGroupView.module.css'
import { TabStrip } from './TabStrip.tsx'
import { useWasTrue } from './use-was-true.ts'

const viewOf = lazyViews<TabView<object>>()

/** One group: its strip of tabs and the document in front. Documents behind stay as they are, so that nothing typed is lost. */
export function TabGroupView({ group }: { readonly group: TabGroup }) {
  const workbench = useWorkbench()
  const focus = (): void => {
    if (group.activeId !== undefined && workbench.store.getState().activeGroup !== group.id)
      workbench.focusTab(group.id, group.activeId)
  }
  return (
    <div className={styles['group']} onFocusCapture={focus} onPointerDownCapture={focus}>
      <TabStrip group={group} />
      {group.tabs.map((tab) => (
        <div
          key={tab.id}
          role="tabpanel"
          id={`panel-${group.id}-${tab.id}`}
          aria-labelledby={`tab-${group.id}-${tab.id}`}
          className={styles['body']}
          hidden={tab.id !== group.activeId}
        >
          <ErrorFence>
            <TabBody tab={tab} group={group.id} isShown={tab.id === group.activeId} />
          </ErrorFence>
        </div>
      ))}
    </div>
  )
}

/** A tab that was restored is drawn when it is first looked at. */
function TabBody({ tab, group, isShown }: { readonly tab: Tab; readonly group: string; readonly isShown: boolean }) {
  const kind = tabKind(tab.kind)
  const wasShown = useWasTrue(isShown)
  const place = useMemo(() => ({ group, tab: tab.id }), [group, tab.id])
  if (kind === undefined || !wasShown) return null
  return (
    <TabPlaceContext value={place}>
      <Suspense fallback={null}>
        {createElement(viewOf(kind, kind.load), { tabId: tab.id, params: tab.params })}
      </Suspense>
    </TabPlaceContext>
  )
}
