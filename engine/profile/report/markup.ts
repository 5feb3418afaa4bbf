import type { Localized } from '../../contract/localized.ts'

/** HTML that is safe to be put into a page. Made by `html` alone. */
export interface Markup {
  readonly markup: string
}

/** Builds HTML from a template: whatever is put in as text is escaped, so that data cannot become markup. */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly (Markup | readonly Markup[] | string | number)[]
): Markup {
  return { markup: strings.map((text, i) => text + (i < values.length ? printed(values[i] ?? '') : '')).join('') }
}

/** A text in both languages; the style sheet shows the one that is chosen. */
export function both({ en, zh }: Localized): Markup {
  return html`<span lang="en">${en}</span><span lang="zh">${zh}</span>`
}

function printed(value: Markup | readonly Markup[] | string | number): string {
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('')
}

const LONGEST = 300

/** Control characters and bidirectional overrides are shown as their code: they must not act on what stands beside them. */
function escaped(text: string): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  return shown
    .replace(
      /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}
