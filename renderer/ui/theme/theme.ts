import { type ThemeConfig, theme } from 'antd'
import { COLOURS, FONT, FONT_PX, MONOSPACE, type ThemeMode } from './tokens.ts'

/** The kit's own compact algorithm makes the text smaller too; only the space around it should shrink. */
const DENSITY = {
  comfortable: { controlHeight: 32, sizeStep: 4 },
  compact: { controlHeight: 28, sizeStep: 3 },
} as const

interface Manners {
  readonly mode: ThemeMode
  readonly density: 'comfortable' | 'compact'
  /** What comes and goes does so at once: `prefers-reduced-motion`, WCAG 2.2 success criterion 2.3.3. */
  readonly isStill: boolean
}

/** antd's settings for one mode and density, from our own table of colours. */
export function themeOf({ mode, density, isStill }: Manners): ThemeConfig {
  const colours = COLOURS[mode]
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: colours.accent,
      colorLink: colours.accent,
      colorInfo: colours.info,
      colorSuccess: colours.ok,
      colorWarning: colours.warning,
      colorError: colours.error,
      colorBgBase: colours.bg,
      colorBgContainer: colours.bg,
      colorBgElevated: colours['bg-raised'],
      colorBgLayout: colours['bg-sunken'],
      colorText: colours.text,
      colorTextSecondary: colours['text-muted'],
      colorTextTertiary: colours['text-muted'],
      colorTextDescription: colours['text-muted'],
      colorTextPlaceholder: colours['text-muted'],
      colorBorder: colours['border-strong'],
      colorBorderSecondary: colours.border,
      // The kit writes with one colour on the accent and in tooltips, so both grounds stand against that one.
      colorTextLightSolid: colours['on-accent'],
      colorBgSpotlight: colours['bg-tooltip'],
      controlItemBgActive: colours['bg-selected'],
      controlItemBgActiveHover: colours['bg-selected'],
      controlItemBgHover: colours['bg-hover'],
      fontFamily: FONT,
      fontFamilyCode: MONOSPACE,
      fontSize: FONT_PX,
      ...DENSITY[density],
      // Small buttons are targets of at least 24 px in either density.
      controlHeightSM: 24,
      borderRadius: 6,
      motion: !isStill,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    // Small ones would else begin further left than the inputs above and below them.
    components: {
      Select: { paddingXS: 8 },
      // The kit darkens the accent in its dark theme; on a selected ground a link would be too faint.
      Button: { colorLink: colours.accent },
      // Compact spacing would put the title of a dialog on its first field.
      Modal: { marginXS: 12 },
    },
  }
}

/** Our own style sheets read these; they are set on the root element. */
export function cssVariables(mode: ThemeMode): Record<string, string> {
  const colours = Object.entries(COLOURS[mode]).map(([name, value]) => [`--rn-${name}`, value] as const)
  return Object.fromEntries([...colours, ['--rn-font', FONT], ['--rn-mono', MONOSPACE], ['color-scheme', mode]])
}
