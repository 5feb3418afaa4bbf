import type { Column } from '../../../contract/column.ts'
import { listJson } from './list-json.ts'

type Translate = (text: string) => string

/** How cells are rewritten that the server could not read as they are, by their place in the line; undefined when none is. */
export type LineTranslator = (line: Buffer) => Buffer

/** Rewrites the cells of these columns; undefined where the server reads all of them as they come. */
export function lineTranslator(columns: readonly Column[]): LineTranslator | undefined {
  const cells = columns.map(translatorOf)
  if (cells.every((translate) => translate === undefined)) return undefined
  return (line) => {
    const parts = line.toString('latin1').split('\t')
    const translated = parts.map((part, i) => {
      const translate = cells[i]
      return translate === undefined || part === '\\N' ? part : escaped(translate(unescaped(part)))
    })
    return Buffer.from(translated.join('\t'), 'latin1')
  }
}

function translatorOf({ type, sourceType }: Column): Translate | undefined {
  // MySQL takes decimal text for a DOUBLE before it makes a FLOAT of it: the value itself goes through that unchanged.
  if (type === 'FLOAT') return (text) => (Number.isFinite(Number(text)) ? String(Math.fround(Number(text))) : text)
  if (type === 'INTERVAL') return intervalText
  if (sourceType === 'money') return (text) => text.replaceAll(/[$,]/g, '')
  return type.endsWith('[]') ? (text) => listJson(text, type.slice(0, -2)) : undefined
}

const UNITS: Readonly<Record<string, string>> = { year: 'year', mon: 'month', day: 'day' }

/** As DuckDB prints it, which is what copied rows hold: `-1 years +3 days 04:05:06` becomes `-1 year 3 days 04:05:06`. */
function intervalText(text: string): string {
  return text.replaceAll(/([+-]?\d+) (year|mon|day)s?/g, (_all, count: string, unit: string) => {
    const number = Number(count)
    return `${number} ${UNITS[unit]}${Math.abs(number) === 1 ? '' : 's'}`
  })
}

const LETTERS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f', v: '\v' }

function unescaped(cell: string): string {
  const bytes = cell.replaceAll(/\\(.)/gs, (_all, letter: string) => LETTERS[letter] ?? letter)
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

const ESCAPES: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' }

function escaped(text: string): string {
  const cell = text.replaceAll(/[\t\n\r\\]/g, (letter) => ESCAPES[letter] ?? letter)
  return Buffer.from(cell, 'utf8').toString('latin1')
}
