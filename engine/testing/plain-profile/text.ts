import { byBytes, counted, mean } from './counting.ts'

const MISSING =
  'null nil none n/a na #n/a nan undefined unknown missing - -- --- ? ?? . 无 空 暂无 未知 不详 没有'.split(' ')
const BOOLEANS = 'true false yes no y n t f 是 否'.split(' ')
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** What a profile says of texts, taken from the contract's words by plain JavaScript. @param values without NULL */
export function plainText(values: readonly string[]): object {
  const texts = values.filter((value) => !isBlank(value))
  const has = (test: (form: string) => boolean): number => texts.filter((text) => test(formOf(text))).length
  const forms = counted(texts.map(plainForm))
  const words = texts.map((text) => text.split(/[\t\n\f\r ]+/).filter((word) => word !== '').length)
  return {
    patterns: forms.slice(0, 15).map(([pattern, count]) => ({ pattern, count })),
    patternCount: forms.length,
    classes: {
      upper: has((form) => form.includes('A')),
      lower: has((form) => form.includes('a')),
      digit: has((form) => form.includes('9')),
      han: has((form) => form.includes('汉')),
      other_letter: has((form) => form.includes('w')),
      space: has((form) => /[\t\n\f\r ]/.test(form)),
      punctuation: has((form) => /[\p{P}\p{S}]/u.test(form)),
    },
    shapes: counted(texts.map(shapeOf)).map(([shape, count]) => ({ shape, count })),
    ...(texts.length === 0 ? {} : { words: { min: Math.min(...words), max: Math.max(...words), mean: mean(words) } }),
    ...variants(texts),
    controlCharacters: texts.filter((text) => Array.from(text).some(isControl)).length,
  }
}

export function isBlank(text: string): boolean {
  return Array.from(text).every((character) => '\t\n\v\f\r \u00A0\u3000'.includes(character))
}

/** Of ASCII, but for tabs and ends of lines. */
function isControl(character: string): boolean {
  return character < '\u0080' && /\p{Cc}/u.test(character) && !'\t\n\r'.includes(character)
}

/** The pattern that a text is shown under. */
export function plainForm(text: string): string {
  return shownForm(formOf(text))
}

function formOf(text: string): string {
  return Array.from(text, (character) => {
    if (/\p{Script=Han}/u.test(character)) return '汉'
    if (/\p{Lu}/u.test(character)) return 'A'
    if (/\p{Ll}/u.test(character)) return 'a'
    if (/\p{Nd}/u.test(character)) return '9'
    return /\p{L}/u.test(character) ? 'w' : character
  }).join('')
}

function shownForm(form: string): string {
  if (Array.from(form).length <= 20) return form
  const packed = Array.from(form.replaceAll(/([Aa9汉w ])\1+/gu, '$1+'))
  return packed.length > 60 ? `${packed.slice(0, 60).join('')}…` : packed.join('')
}

function trimmed(text: string): string {
  return text.replaceAll(/^\p{Zs}+|\p{Zs}+$/gu, '')
}

function shapeOf(text: string): string {
  const bare = trimmed(text)
  const lower = bare.toLowerCase()
  if (MISSING.includes(lower)) return 'missing_word'
  if (BOOLEANS.includes(lower)) return 'boolean'
  if (!/[0-9]/.test(text)) return 'text'
  if (/^[+-]?[0-9]+$/.test(bare)) return 'integer'
  return isDecimal(bare) ? 'decimal' : isDate(lower) ? 'date' : 'text'
}

function isDecimal(text: string): boolean {
  const [number = '', exponent, ...more] = text.replace(/^[+-]/, '').split(/[eE]/)
  if (more.length > 0 || (exponent !== undefined && !/^[+-]?[0-9]{1,3}$/.test(exponent))) return false
  const [whole = '', fraction = '', ...rest] = number.split('.')
  const [head = '', ...thousands] = whole.split(',')
  const isGrouped =
    thousands.length === 0 || (/^[0-9]{1,3}$/.test(head) && thousands.every((group) => /^[0-9]{3}$/.test(group)))
  return rest.length === 0 && /^[0-9]*$/.test(head) && isGrouped && /^[0-9]*$/.test(fraction)
}

/** @param text in lower case */
function isDate(text: string): boolean {
  const day = text.replace(/[ t][0-9]{1,2}:[0-9]{2}.*$/, '')
  const [, , month, numbers] = /^(([a-z]+) )?(.*)$/.exec(day) ?? []
  if (MONTHS.includes((month ?? '').slice(0, 3))) return /^[0-9]{1,2},? [0-9]{2,4}$/.test(numbers ?? '')
  const [, named] = /^[0-9]{1,2}[ -]([a-z]+)[ -][0-9]{2,4}$/.exec(day) ?? []
  if (named !== undefined) return MONTHS.includes(named.slice(0, 3))
  return /^([0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4})$/.test(day)
}

/** Texts that are one but for case and outer space: the ten commonest groups, and the rows of all. */
function variants(texts: readonly string[]): object {
  const groups = Map.groupBy(texts, (text) => trimmed(text).toLowerCase())
  const doubled = [...groups].filter(([, rows]) => new Set(rows).size > 1)
  return {
    caseVariants: doubled
      .toSorted(([a, rows], [b, others]) => others.length - rows.length || byBytes(a, b))
      .slice(0, 10)
      .map(([, rows]) => ({
        variants: counted(rows)
          .slice(0, 6)
          .map(([value, count]) => ({ value, count })),
      })),
    caseVariantRows: doubled.reduce((sum, [, rows]) => sum + rows.length, 0),
  }
}
