import type { Language } from './localized.ts'
import { PARTS, SENTENCES } from './phrases/all.ts'
import type { Phrase, Phrases } from './phrases/phrase.ts'

/**
 * A warning, a reason or a finding of the engine in the language of whoever reads it.
 *
 * Such a text is kept in English, as a file of refused rows, a receipt or a log holds it; its Chinese is found by its form. Text that
 * is no phrase of ours, above all what a database or a driver said, stays as it is.
 */
export function toldIn(text: string, language: Language): string {
  return language === 'en' ? text : inChinese(text, SENTENCE_FORMS)
}

interface Form {
  readonly form: RegExp
  readonly names: readonly string[]
  readonly zh: string
  /** How much of it is fixed: of two that fit, the one that says more is meant. */
  readonly fixed: number
}

const SENTENCE_FORMS = formsOf(SENTENCES)
const PART_FORMS = formsOf(PARTS)
/** Parts that are ours; all others are names and values of data, which stay as they are. */
const OWN_PARTS = new Set(['because', 'bounds', 'what', 'found', 'listed', 'shape', 'given', 'unit', 'format'])
/** Rejects repeat their reasons; a text is looked up once. */
const known = new Map<string, string>()
const MOST_KNOWN = 5_000
const LONGEST = 20_000

function inChinese(text: string, forms: readonly Form[]): string {
  if (text.length > LONGEST) return text
  const key = `${forms === PART_FORMS ? 'part' : 'whole'}:${text}`
  const found = known.get(key)
  if (found !== undefined) return found
  if (known.size > MOST_KNOWN) known.clear()
  const told = forms === PART_FORMS ? asOne(text, forms) : (asSeveral(text) ?? asOne(text, forms) ?? afterPlace(text))
  known.set(key, told ?? text)
  return told ?? text
}

function asOne(text: string, forms: readonly Form[]): string | undefined {
  for (const { form, names, zh } of forms) {
    const match = form.exec(text)
    if (match === null) continue
    const parts = new Map(names.map((name, i) => [name, partInChinese(name, match[i + 1] ?? '')]))
    return zh.replace(/\{(\w+)\}/g, (place, name: string) => parts.get(name) ?? place)
  }
  return undefined
}

function partInChinese(name: string, text: string): string {
  if (name === 'reason') return inChinese(text, SENTENCE_FORMS)
  return OWN_PARTS.has(name) ? inChinese(text, PART_FORMS) : text
}

/** `a is NULL; b is blank`: every one must be known, for a semicolon may belong to a value. */
function asSeveral(text: string): string | undefined {
  const parts = text.split('; ')
  if (parts.length < 2) return undefined
  const told = parts.map((part) => asOne(part, SENTENCE_FORMS) ?? afterPlace(part))
  return told.every((part) => part !== undefined) ? told.join('；') : undefined
}

/** `node: …` and `orders.amount: …`. */
function afterPlace(text: string): string | undefined {
  const colon = text.indexOf(': ')
  if (colon <= 0) return undefined
  const rest = text.slice(colon + 2)
  const told = inChinese(rest, SENTENCE_FORMS)
  return told === rest ? undefined : `${text.slice(0, colon)}：${told}`
}

function formsOf(phrases: Phrases): Form[] {
  return phrases
    .map(formOf)
    .filter(({ fixed }) => fixed > 0)
    .toSorted((a, b) => b.fixed - a.fixed)
}

function formOf([en, zh]: Phrase): Form {
  const names: string[] = []
  const pieces = en.split(/\{(\w+)\}/)
  const fixed = pieces
    .filter((_, i) => i % 2 === 0)
    .join('')
    .trim().length
  const source = pieces.map((piece, i) => {
    if (i % 2 === 0) return piece.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')
    names.push(piece)
    return '([\\s\\S]+?)'
  })
  return { form: new RegExp(`^${source.join('')}$`), names, zh, fixed }
}
