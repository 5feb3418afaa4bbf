import type { ThemeMode } from '../../ui/theme/tokens.ts'
import { useMedia } from '../../ui/theme/use-media.ts'
import { usePreferences } from '../preferences/preferences.ts'

/** The mode that is drawn: the chosen one, or the system's as it changes. */
export function useThemeMode(): ThemeMode {
  const chosen = usePreferences((state) => state.theme)
  const isSystemDark = useMedia('(prefers-color-scheme: dark)')
  if (chosen !== 'system') return chosen
  return isSystemDark ? 'dark' : 'light'
}
