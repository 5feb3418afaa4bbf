import type { ThemeMode } from '../theme/tokens.ts'

/** Names of our themes in Monaco; apart from it, so that its chunk stays lazy. */
export const MONACO_THEME_NAMES = { light: 'runnel-light', dark: 'runnel-dark' } as const satisfies Record<
  ThemeMode,
  string
>
