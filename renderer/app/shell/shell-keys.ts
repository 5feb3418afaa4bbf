import type { Workbench } from '../workbench/workbench.ts'

interface ShellKey {
  readonly keys: string
  readonly run: (workbench: Workbench) => void
}

/** Keys of the workbench itself. Closing by key leaves a tab with changes open: its own command asks. */
export const SHELL_KEYS: readonly ShellKey[] = [
  { keys: 'mod+k', run: ({ setPalette }) => setPalette(true) },
  { keys: 'mod+b', run: ({ togglePanel }) => togglePanel() },
  { keys: 'ctrl+pagedown', run: ({ stepTab }) => stepTab(1) },
  { keys: 'ctrl+pageup', run: ({ stepTab }) => stepTab(-1) },
  { keys: 'alt+w', run: closeActiveTab },
]

/** Closes the tab in front, unless that would lose changes: its own command asks. */
export function closeActiveTab({ store, closeTab }: Workbench): void {
  const { groups, activeGroup, dirty } = store.getState()
  const group = groups.find(({ id }) => id === activeGroup)
  if (group?.activeId !== undefined && !dirty.has(group.activeId)) closeTab(group.id, group.activeId)
}
