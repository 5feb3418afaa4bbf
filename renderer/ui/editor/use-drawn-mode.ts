import { useSyncExternalStore } from 'react'
import type { ThemeMode } from '../theme/tokens.ts'

function subscribe(onChange: () => void): () => void {
  const watching = new MutationObserver(onChange)
  watching.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] })
  return () => watching.disconnect()
}

function drawn(): ThemeMode {
  return document.documentElement.style.getPropertyValue('color-scheme') === 'dark' ? 'dark' : 'light'
}

/** The mode that the page is drawn in, for what style sheets cannot reach: Monaco, charts. */
export function useDrawnMode(): ThemeMode {
  return useSyncExternalStore(subscribe, drawn)
}
