import type { MappingSuggestion } from '../../../contract/api/authoring.ts'
import type { Column } from '../../../contract/column.ts'
import { compareNames } from './name-similarity.ts'

/** A column with some of its values, as texts. */
export interface SampledColumn {
  readonly name: string
  /** Absent when only the name is known. */
  readonly type?: string | undefined
  readonly values: readonly string[]
  readonly comment?: string | undefined
  /** The term of the standards that it is taken for. */
  readonly term?: { readonly name: string; readonly confidence: number } | undefined
}

const LEAST_CONFIDENCE = 0.3
const MOST_FOR_EACH = 5

/** For every wanted column the columns it may be taken from, best first. */
export function suggestMappings(
  wanted: readonly SampledColumn[],
  given: readonly SampledColumn[],
): MappingSuggestion[] {
  return wanted.flatMap((to) =>
    given
      .flatMap((from) => suggestionOf(to, from) ?? [])
      .toSorted((a, b) => b.confidence - a.confidence)
      .slice(0, MOST_FOR_EACH),
  )
}

function suggestionOf(to: SampledColumn, from: SampledColumn): MappingSuggestion | undefined {
  const byName = compareNames(to.name, from.name)
  const overlap = valueOverlap(to.values, from.values)
  const fit = typeFit(to.type, from.type)
  const reasons: MappingSuggestion['reasons'] = []
  if (byName !== undefined) reasons.push(byName.reason)
  const sameTerm = termFit(to, from)
  if (sameTerm > 0) reasons.push('same_term')
  if (fit === 'same') reasons.push('same_type')
  if (fit === 'castable') reasons.push('castable')
  if (overlap >= 0.5) reasons.push('same_values')
  const signs = [byName?.score ?? 0, sameTerm, overlap >= 0.5 ? 0.4 + 0.4 * overlap : 0]
  // Two independent signs are worth more than the stronger one alone; a type that cannot hold the value is worth little.
  const alike = 1 - signs.reduce((doubt, sign) => doubt * (1 - sign), 1)
  const factor = fit === 'none' ? 0.4 : fit === 'castable' ? 0.95 : 1
  const confidence = Math.round(alike * factor * 100) / 100
  return confidence < LEAST_CONFIDENCE ? undefined : { to: to.name, from: from.name, confidence, reasons }
}

/** As sure as the less sure of the two links. */
function termFit({ term: to }: SampledColumn, { term: from }: SampledColumn): number {
  if (to === undefined || from === undefined || to.name !== from.name) return 0
  return 0.95 * Math.min(to.confidence, from.confidence)
}

/** How much of the smaller set of values is in the larger; too few values say nothing. */
function valueOverlap(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [new Set(a.filter(isTelling)), new Set(b.filter(isTelling))]
  const smaller = left.size < right.size ? left : right
  const larger = smaller === left ? right : left
  if (smaller.size < 3) return 0
  return [...smaller].filter((value) => larger.has(value)).length / smaller.size
}

/** Small numbers and yes or no stand in every other column. */
function isTelling(value: string): boolean {
  return value.length > 1 && !/^(\d{1,3}|true|false|null)$/i.test(value)
}

type Fit = 'same' | 'castable' | 'none' | 'unknown'

function typeFit(to: Column['type'] | undefined, from: Column['type'] | undefined): Fit {
  if (to === undefined || from === undefined) return 'unknown'
  if (to === from) return 'same'
  const [wanted, given] = [familyOf(to), familyOf(from)]
  if (wanted === given || wanted === 'text' || given === 'text') return 'castable'
  return 'none'
}

function familyOf(type: string): string {
  if (/\[\d*\]$|^(STRUCT|MAP)/.test(type)) return 'nested'
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL|DOUBLE|FLOAT|BIGNUM)/.test(type)) return 'number'
  if (/^(DATE|TIMESTAMP)/.test(type)) return 'moment'
  return /^(VARCHAR|JSON|ENUM)/.test(type) ? 'text' : type
}
