import { describe, expect, it } from 'vitest'
import { COLOURS, type ColourName, type ThemeMode } from './tokens.ts'

/** Relative luminance and contrast after WCAG 2.2. */
function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [r = 0, g = 0, b = 0] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((one, other) => one - other)
  return (light + 0.05) / (dark + 0.05)
}

const GROUNDS: ColourName[] = ['bg', 'bg-raised', 'bg-sunken', 'bg-hover', 'bg-selected']
const TEXTS: ColourName[] = ['text', 'text-muted', 'accent', 'null']
const PAIRS: [ColourName, ColourName][] = [
  ['on-accent', 'accent'],
  ['on-accent', 'bg-tooltip'],
  ...TEXTS.flatMap((text) => GROUNDS.map((ground): [ColourName, ColourName] => [text, ground])),
  ...(['ok', 'warning', 'error', 'info'] as const).flatMap((state): [ColourName, ColourName][] => [
    [state, 'bg'],
    [state, 'bg-sunken'],
    [state, `bg-${state}`],
    ['text', `bg-${state}`],
  ]),
]

describe.each<ThemeMode>(['light', 'dark'])('in the %s theme', (mode) => {
  it.each(PAIRS)('%s can be read on %s', (text, ground) => {
    expect(contrast(COLOURS[mode][text], COLOURS[mode][ground])).toBeGreaterThanOrEqual(4.5)
  })

  it.each<ColourName>(['bg', 'bg-sunken'])('borders of controls stand out on %s', (ground) => {
    expect(contrast(COLOURS[mode]['border-strong'], COLOURS[mode][ground])).toBeGreaterThanOrEqual(3)
  })
})
