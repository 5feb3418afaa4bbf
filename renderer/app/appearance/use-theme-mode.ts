import { useSyncExternalStore } from 'react'
import type { ThemeMode } from '../../ui/theme/tokens.ts'
import { usePreferences } from '../preferences/preferences.ts'

const dark = window.matchMedia('(prefers-color-scheme: dark)')

function subscribe(onChange: () => void): () => void {
  dark.addEventListener('change', onChange)
  return () => dark.removeEventListener('change', onChange)
}

/** The mode that is drawn: the chosen one, or the system's as it changes. */
export function useThemeMode(): ThemeMode {
  const chosen = usePreferences((state) => state.theme)
  const isSystemDark = useSyncExternalStore(subscribe, () => dark.matches)
  if (chosen !== 'system') return chosen
  return isSystemDark ? 'dark' : 'light'
}
