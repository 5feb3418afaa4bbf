import { createStore, type StoreApi } from 'zustand/vanilla'
import {
  EMPTY_LAYOUT,
  type Layout,
  layoutSchema,
  withActive,
  withMoved,
  withNeighbour,
  withoutTab,
  withTab,
} from './layout.ts'
import { type OpenTab, type Tab, tabOf } from './tab.ts'

export interface WorkbenchState extends Layout {
  /** Tabs with changes that are not saved. */
  readonly dirty: ReadonlySet<string>
  readonly isPaletteOpen: boolean
  readonly isPanelShown: boolean
}

export interface Workbench {
  readonly store: StoreApi<WorkbenchState>
  readonly openTab: OpenTab
  readonly focusTab: (group: string, tab: string) => void
  readonly closeTab: (group: string, tab: string) => void
  readonly moveTab: (tab: Tab, to: string, index: number) => void
  readonly stepTab: (step: 1 | -1) => void
  /** Marks a tab as changed; closing it then asks. */
  readonly setDirty: (tab: string, isDirty: boolean) => void
  /** Shows an activity's panel; the one that is shown already is folded away. */
  readonly showActivity: (id: string) => void
  readonly setPalette: (isOpen: boolean) => void
  readonly togglePanel: () => void
}

const keyOf = (workspace: string | undefined): string => `runnel.layout.${workspace ?? ''}`

/** What is open in one workspace. It is stored as it changes and found again at the next start; the first start shows `first`. */
export function openWorkbench(workspace: string | undefined, storage: Storage, first: Tab): Workbench {
  const stored = storage.getItem(keyOf(workspace))
  const store = createStore<WorkbenchState>(() => ({
    ...(stored === null ? withTab(EMPTY_LAYOUT, first, false) : restoreLayout(stored)),
    dirty: new Set(),
    isPaletteOpen: false,
    isPanelShown: true,
  }))
  store.subscribe(({ groups, activeGroup, activity }) =>
    storage.setItem(keyOf(workspace), JSON.stringify({ groups, activeGroup, activity })),
  )
  const change = (recipe: (layout: Layout) => Layout): void => store.setState(recipe(store.getState()))
  return {
    store,
    openTab: (request) => change((layout) => withTab(layout, tabOf(request), request.beside ?? false)),
    focusTab: (group, tab) => change((layout) => withActive(layout, group, tab)),
    closeTab: (group, tab) => {
      change((layout) => withoutTab(layout, group, tab))
      setDirty(store, tab, false)
    },
    moveTab: (tab, to, index) => change((layout) => withMoved(layout, tab, to, index)),
    stepTab: (step) => change((layout) => withNeighbour(layout, step)),
    setDirty: (tab, isDirty) => setDirty(store, tab, isDirty),
    showActivity: (id) =>
      store.setState(({ activity, isPanelShown }) => ({
        activity: id,
        isPanelShown: activity !== id || !isPanelShown,
      })),
    setPalette: (isPaletteOpen) => store.setState({ isPaletteOpen }),
    togglePanel: () => store.setState(({ isPanelShown }) => ({ isPanelShown: !isPanelShown })),
  }
}

/** The stored layout; an empty one when it cannot be read. */
export function restoreLayout(stored: string): Layout {
  try {
    const parsed = layoutSchema.safeParse(JSON.parse(stored))
    return parsed.data ?? EMPTY_LAYOUT
  } catch {
    return EMPTY_LAYOUT
  }
}

function setDirty(store: StoreApi<WorkbenchState>, tab: string, isDirty: boolean): void {
  if (store.getState().dirty.has(tab) === isDirty) return
  const dirty = new Set(store.getState().dirty)
  if (isDirty) dirty.add(tab)
  else dirty.delete(tab)
  store.setState({ dirty })
}
