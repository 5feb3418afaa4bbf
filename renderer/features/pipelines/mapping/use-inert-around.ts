import { type RefObject, useEffect } from 'react'

/**
 * While it is on, nothing of the page but the element and what floats over the page (popups, dialogs) can be reached: neither by
 * Tab nor by a screen reader. What opens afterwards beside the page's root stays reachable.
 */
export function useInertAround(element: RefObject<HTMLElement | null>, isOn: boolean): void {
  useEffect(() => {
    if (!isOn || element.current === null) return
    const made = around(element.current).filter((one) => !one.inert)
    for (const one of made) one.inert = true
    return () => {
      for (const one of made) one.inert = false
    }
  }, [element, isOn])
}

/** The siblings of an element and of everything that it stands in, up to the page's root. */
function around(element: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = []
  for (let inner = element; inner.parentElement !== null && inner.parentElement !== document.body; ) {
    const outer: HTMLElement = inner.parentElement
    for (const one of outer.children) if (one !== inner && one instanceof HTMLElement) found.push(one)
    inner = outer
  }
  return found
}
