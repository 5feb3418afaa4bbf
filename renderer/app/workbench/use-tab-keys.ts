import { createContext, use } from 'react'
import { type Keys, useHotkeys } from 'react-hotkeys-hook'
import { isInFront, type TabPlace } from './layout.ts'
import { useWorkbench } from './use-workbench.ts'

/** Where the tab stands that a component is part of. */
export const TabPlaceContext = createContext<TabPlace | undefined>(undefined)

interface TabKeysOptions {
  /** Also while a field has the focus; keys that fields know themselves, such as undo, are theirs. */
  readonly inFields?: boolean
}

/**
 * Keys of the document in a tab. Tabs behind others stay drawn, and so would hear every key: only the one in front of the group that
 * is worked in answers, and none does while a dialog has the focus.
 */
export function useTabKeys(keys: Keys, act: () => void, { inFields = false }: TabKeysOptions = {}): void {
  const { store } = useWorkbench()
  const place = use(TabPlaceContext)
  useHotkeys(
    keys,
    act,
    {
      preventDefault: true,
      enableOnFormTags: inFields,
      enableOnContentEditable: inFields,
      ignoreEventWhen: ({ target }) => place === undefined || !isInFront(store.getState(), place) || isInDialog(target),
    },
    [act, place, store],
  )
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog]') !== null
}
