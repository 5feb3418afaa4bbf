import { use, useSyncExternalStore } from 'react'
import { isShown } from './layout.ts'
import { TabPlaceContext } from './use-tab-keys.ts'
import { WorkbenchContext } from './use-workbench.ts'

/** Whether the tab that a component is part of is the one of its group that is seen; what is in no tab always is. */
export function useIsShown(): boolean {
  const store = use(WorkbenchContext)?.store
  const place = use(TabPlaceContext)
  return useSyncExternalStore(
    store?.subscribe ?? unchanging,
    () => store === undefined || place === undefined || isShown(store.getState(), place),
  )
}

function unchanging(): () => void {
  return () => undefined
}
