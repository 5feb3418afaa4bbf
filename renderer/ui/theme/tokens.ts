export type ThemeMode = 'light' | 'dark'

/**
 * Every colour of the studio. Text stands at least 4.5:1 on each ground it is used on (tokens.test.ts measures it); marks and
 * borders of controls at least 3:1.
 */
export const COLOURS = {
  light: {
    bg: '#ffffff',
    'bg-raised': '#ffffff',
    'bg-sunken': '#f5f6f8',
    'bg-hover': '#eceef2',
    'bg-selected': '#dff1ee',
    border: '#d9dde4',
    'border-strong': '#868d99',
    text: '#1b2430',
    'text-muted': '#5a6472',
    accent: '#0b6e65',
    'on-accent': '#ffffff',
    'bg-tooltip': '#27313e',
    ok: '#1a7a37',
    warning: '#8f5b00',
    error: '#b42324',
    info: '#1f5fae',
    null: '#5d6673',
    'bg-ok': '#e5f5e9',
    'bg-warning': '#fdf2dc',
    'bg-error': '#fdeaea',
    'bg-info': '#e6f0fb',
  },
  dark: {
    bg: '#16191e',
    'bg-raised': '#1c2026',
    'bg-sunken': '#111418',
    'bg-hover': '#272c34',
    'bg-selected': '#123b38',
    border: '#333a44',
    'border-strong': '#77808e',
    text: '#e4e8ee',
    'text-muted': '#a3acb9',
    accent: '#4cc2b4',
    'on-accent': '#0b1512',
    'bg-tooltip': '#d3dae3',
    ok: '#5fc77c',
    warning: '#e5ac4d',
    error: '#f58080',
    info: '#7db2f2',
    null: '#98a1ae',
    'bg-ok': '#15301d',
    'bg-warning': '#362a12',
    'bg-error': '#3b1c1d',
    'bg-info': '#172b42',
  },
} as const satisfies Record<ThemeMode, Record<string, string>>

export type ColourName = keyof (typeof COLOURS)['light']

/** Chinese falls to the system's own faces before anything else could draw empty boxes. */
export const FONT =
  "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
export const MONOSPACE =
  "'JetBrains Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace"
export const FONT_PX = 13
