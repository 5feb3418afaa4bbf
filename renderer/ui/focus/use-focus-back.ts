import { useEffect, useState } from 'react'

/**
 * For what is in the page only while it is open: gives the focus back to what had it before, unless something else took it.
 *
 * The kit's dialogs do so while they fade; what is taken out at once takes the focus with it.
 */
export function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // Only when it is gone is it known where the focus went.
      setTimeout(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body
        if (isLost && opener instanceof HTMLElement) opener.focus()
      })
    },
    [opener],
  )
}
