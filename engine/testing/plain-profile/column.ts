import type { ColumnProfile } from '../../contract/profile/column-profile.ts'
import { byBytes, counted, mean } from './counting.ts'
import { deviationOf, plainBins, plainNumbers } from './number.ts'
import { isBlank, plainText } from './text.ts'
import { plainTimes } from './time.ts'

/** A column as DuckDB prints it, in the order of the rows. */
export type PrintedColumn = readonly (string | null)[]

type Kind = ColumnProfile['kind']

/**
 * The figures of a column, found in its printed values by plain JavaScript: nothing is shared with the SQL of a profile. For columns
 * of ordinary values: numbers within a DOUBLE, years of four digits.
 */
export function plainColumn(printed: PrintedColumn, { kind, type }: Pick<ColumnProfile, 'kind' | 'type'>): object {
  const values = printed.filter((value) => value !== null)
  const place = placeOf(kind)
  const groups = counted(values, (a, b) => compare(place(a), place(b)) || byBytes(a, b))
  const sorted = [...new Set(values)].toSorted((a, b) => compare(place(a), place(b)) || byBytes(a, b))
  const rare = groups.filter(
    ([, n]) => values.length >= 200 && groups.length >= 3 && groups.length <= 50 && n < 0.01 * values.length,
  )
  return {
    exact: {
      nulls: printed.length - values.length,
      distinct: { count: groups.length, error: 0 },
      ...(values.length === 0 ? {} : { min: sorted[0], max: sorted.at(-1) }),
      ...exactOf(values, kind, type),
    },
    values: values.length,
    singles: groups.filter(([, n]) => n === 1).length,
    top: groups.slice(0, 20).map(([value, count]) => ({ value, count })),
    rare: rare
      .toReversed()
      .toSorted(([a, n], [b, m]) => n - m || compare(place(a), place(b)) || byBytes(a, b))
      .slice(0, 10)
      .map(([value, count]) => ({ value, count })),
    ...detailOf(values, kind),
    order: orderOf(values, kind),
  }
}

function exactOf(values: readonly string[], kind: Kind, type: string): object {
  const count = (test: (value: string) => boolean): number => values.filter(test).length
  if (kind === 'number') {
    const numbers = values.map(numberOf).filter(isUsual)
    return {
      ...(numbers.length === 0 ? {} : { mean: mean(numbers) }),
      ...(numbers.length < 2 ? {} : { std: deviationOf(numbers) }),
      zeros: count((value) => numberOf(value) === 0),
      negatives: count((value) => numberOf(value) < 0),
      ...(/INT/.test(type) ? {} : { integers: numbers.filter((number) => Number.isInteger(number)).length }),
      ...(/FLOAT|DOUBLE/.test(type) ? { extremes: values.length - numbers.length } : {}),
    }
  }
  if (kind === 'boolean') return { trues: count((value) => value === 'true') }
  if (kind !== 'text') return {}
  const lengths = values.map((value) => Array.from(value).length)
  return {
    blanks: count(isBlank),
    ...(values.length === 0
      ? {}
      : { length: { min: Math.min(...lengths), max: Math.max(...lengths), mean: mean(lengths) } }),
    leadingSpace: count((value) => value.startsWith(' ')),
    trailingSpace: count((value) => value.endsWith(' ')),
    replacementCharacters: count((value) => value.includes('\uFFFD')),
  }
}

function detailOf(values: readonly string[], kind: Kind): object {
  const place = placeOf(kind)
  const places = values.map((value) => Number(place(value)))
  switch (kind) {
    case 'number':
      return { number: plainNumbers(places.filter(isUsual)), bins: plainBins(places.filter(isUsual)) }
    case 'date':
    case 'timestamp':
      return { time: plainTimes(places, kind === 'timestamp'), bins: plainBins(places.map((ms) => ms / 1_000)) }
    case 'text':
      return { text: plainText(values) }
    case 'boolean':
    case 'time':
    case 'nested':
    case 'other':
      return {}
  }
}

/** Where a value stands among the others. */
function placeOf(kind: Kind): (value: string) => number | string {
  if (kind === 'number') return numberOf
  if (kind === 'date' || kind === 'timestamp')
    return (value) => Date.parse(`${value.replace(' ', 'T')}${value.includes(':') ? 'Z' : ''}`)
  return (value) => value
}

/** Of DuckDB's text. */
function numberOf(value: string): number {
  return Number(value.replace('inf', 'Infinity'))
}

/** Whether mean and deviation can hold a number. */
function isUsual(number: number): boolean {
  return Math.abs(number) < 1e150
}

/** NaN is greater than infinity. */
function compare(a: number | string, b: number | string): number {
  if (typeof a !== 'number' || typeof b !== 'number') return byBytes(String(a), String(b))
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return a === b ? 0 : a < b ? -1 : 1
}

function orderOf(values: readonly string[], kind: Kind): object | undefined {
  if (!['number', 'date', 'timestamp', 'text'].includes(kind)) return undefined
  const place = placeOf(kind)
  const steps = values.slice(1).map((value, i) => Math.sign(compare(place(value), place(values[i] ?? ''))))
  const [rises, falls, stays] = [1, -1, 0].map((sign) => steps.filter((step) => step === sign).length) as [
    number,
    number,
    number,
  ]
  const rising = stays === 0 ? 'increasing' : 'not_decreasing'
  const falling = stays === 0 ? 'decreasing' : 'not_increasing'
  const direction = rises > 0 && falls === 0 ? rising : falls > 0 && rises === 0 ? falling : 'none'
  return { direction, rows: steps.length }
}
