import { type ComponentProps, useState } from 'react'
import type { Group } from 'react-resizable-panels'
import { keepSizes, keptSizes } from './kept-sizes.ts'

/**
 * What a group of panels needs to keep its sizes over restarts, those that a person chose. They are kept on this machine, like
 * the tabs that are open.
 */
export function useKeptSizes(
  id: string,
  panelIds: readonly string[],
): Pick<ComponentProps<typeof Group>, 'defaultLayout' | 'onLayoutChanged'> {
  const [kept] = useState(() => keptSizes(localStorage, id, panelIds))
  return {
    ...(kept === undefined ? {} : { defaultLayout: kept }),
    onLayoutChanged: (sizes, { isUserInteraction }) => {
      if (isUserInteraction) keepSizes(localStorage, id, panelIds, sizes)
    },
  }
}
