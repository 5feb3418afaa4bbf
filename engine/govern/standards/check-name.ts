import { wordsOf } from '../../base/name-words.ts'
import type { DeviationKind } from '../../contract/deviation.ts'
import type { Naming } from '../../contract/standard-file.ts'
import { isInCase, nameInCase } from './name-case.ts'

export interface NameDeviation {
  readonly kind: DeviationKind
  readonly found: string
  readonly wanted: string
}

export interface CheckedName {
  readonly deviations: readonly NameDeviation[]
  /** A name that keeps to the rules, where one can be made of the same words. */
  readonly better?: string
}

/** What a name breaks of the rules for names. */
export function checkName(name: string, naming: Naming): CheckedName {
  const deviations = deviationsOf(name, naming)
  if (deviations.length === 0) return { deviations }
  const better = reworded(name, naming)
  const isBetter = better !== undefined && better !== name && deviationsOf(better, naming).length === 0
  return isBetter ? { deviations, better } : { deviations }
}

function deviationsOf(
  name: string,
  { case: wanted, pattern, maxLength, abbreviations, words }: Naming,
): NameDeviation[] {
  const found: NameDeviation[] = []
  if (wanted !== undefined && !isInCase(name, wanted)) found.push({ kind: 'case', found: name, wanted })
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(name)) {
    found.push({ kind: 'pattern', found: name, wanted: pattern })
  }
  const length = Array.from(name).length
  if (maxLength !== undefined && length > maxLength) {
    found.push({ kind: 'name_length', found: String(length), wanted: String(maxLength) })
  }
  const short = shortForms(abbreviations)
  const allowed = words === undefined ? undefined : new Set([...words.map(lower), ...short.values()])
  for (const word of wordsOf(name)) {
    const shortened = short.get(word)
    if (shortened !== undefined) found.push({ kind: 'abbreviation', found: word, wanted: shortened })
    else if (allowed !== undefined && !allowed.has(word)) {
      found.push({ kind: 'word', found: word, wanted: [...allowed].join(', ') })
    }
  }
  return found
}

function reworded(name: string, { case: wanted, abbreviations }: Naming): string | undefined {
  const short = shortForms(abbreviations)
  const words = wordsOf(name).map((word) => short.get(word) ?? word)
  if (words.length === 0) return undefined
  return nameInCase(words, wanted ?? 'snake')
}

/** A word that is its own short form needs no shortening. */
function shortForms(abbreviations: Naming['abbreviations']): Map<string, string> {
  const pairs = Object.entries(abbreviations).map(([long, short]) => [lower(long), lower(short)] as const)
  return new Map(pairs.filter(([long, short]) => long !== short))
}

function lower(text: string): string {
  return text.toLowerCase()
}
