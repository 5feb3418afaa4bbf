import { useWorkbench } from './use-workbench.ts'

/** Closes a tab in every group that shows it. */
export function useCloseTab(): (tabId: string) => void {
  const workbench = useWorkbench()
  return (tabId) => {
    for (const { id, tabs } of workbench.store.getState().groups)
      if (tabs.some((tab) => tab.id === tabId)) workbench.closeTab(id, tabId)
  }
}
