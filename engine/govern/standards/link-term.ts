import { pinyin } from 'pinyin-pro'
import { wordsOf } from '../../base/name-words.ts'
import { type CodeListFile, currentCodes } from '../../contract/code-list-file.ts'
import type { Naming, Term } from '../../contract/standard-file.ts'

/** What is known about a column. */
export interface KnownColumn {
  readonly name: string
  readonly type: string
  readonly sourceType?: string | undefined
  readonly comment?: string | undefined
  /** Distinct values with the rows that have them; empty where nobody looked. */
  readonly values: readonly { readonly value: string; readonly rows: bigint }[]
}

export interface TermLink {
  readonly term: Term
  /** 0..1 */
  readonly confidence: number
}

export interface LinkScope {
  readonly terms: readonly Term[]
  readonly abbreviations: Naming['abbreviations']
  readonly codeLists: ReadonlyMap<string, CodeListFile>
}

const LEAST_CONFIDENCE = 0.5
/** Of so many letters, or initials of words match by chance. */
const LEAST_INITIALS = 3

/** The term that a column most likely is, by name, comment, pinyin and values. Two signs are worth more than the stronger one. */
export function linkTerm(column: KnownColumn, scope: LinkScope): TermLink | undefined {
  let best: TermLink | undefined
  for (const term of scope.terms) {
    const signs = [byName(column.name, term, scope), byComment(column.comment, term), byValues(column, term, scope)]
    const doubt = signs.reduce((rest, sign) => rest * (1 - sign), 1)
    const confidence = Math.round((1 - doubt) * 100) / 100
    if (confidence >= LEAST_CONFIDENCE && confidence > (best?.confidence ?? 0)) best = { term, confidence }
  }
  return best
}

function byName(name: string, term: Term, { abbreviations }: LinkScope): number {
  if (name === term.name) return 1
  const words = longWords(name, abbreviations)
  const isAlso = (other: string | undefined): boolean =>
    other !== undefined && longWords(other, abbreviations).join(' ') === words.join(' ')
  if (isAlso(term.name) || term.aliases.some(isAlso) || isAlso(term.zh)) return 0.95
  if (isAlso(term.en)) return 0.85
  return term.zh === undefined ? 0 : byPinyin(words.join(''), term.zh)
}

/** `kehumingcheng` is 客户名称, and so may `khmc` be. */
function byPinyin(letters: string, zh: string): number {
  if (!/\p{Script=Han}/u.test(zh)) return 0
  const syllables = pinyin(zh, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
  const joined = syllables
    .join('')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
  if (syllables.length > 1 && joined === letters) return 0.85
  const initials = syllables.map((syllable) => syllable.charAt(0).toLowerCase()).join('')
  return initials.length >= LEAST_INITIALS && initials === letters ? 0.6 : 0
}

function byComment(comment: string | undefined, { zh, en, name }: Term): number {
  if (comment === undefined || comment.trim() === '') return 0
  // What follows in brackets or behind a colon explains: 性别（1男 2女）, 币种: ISO 4217.
  const head = (comment.split(/[（(:：,，;；]/)[0] ?? '').trim().toLowerCase()
  return [zh, en, name].some((text) => text?.toLowerCase() === head) ? 0.8 : 0
}

function byValues({ values }: KnownColumn, { codes }: Term, { codeLists }: LinkScope): number {
  const list = codes === undefined ? undefined : codeLists.get(codes)
  // One or two different values are in many a list.
  if (list === undefined || values.length < 3) return 0
  const known = new Set(currentCodes(list))
  const share = values.filter(({ value }) => known.has(value)).length / values.length
  return share >= 0.9 ? 0.6 * share : 0
}

function longWords(name: string, abbreviations: Naming['abbreviations']): string[] {
  const long = new Map(Object.entries(abbreviations).map(([word, short]) => [short.toLowerCase(), word.toLowerCase()]))
  return wordsOf(name).map((word) => long.get(word) ?? word)
}
