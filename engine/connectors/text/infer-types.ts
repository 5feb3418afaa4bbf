import { cellCheckOf } from './cell-types.ts'
import { ESCAPED, QUOTED } from './row-scanner.ts'

/** A cell of the sample: NULLs are undefined. */
export interface SampleCell {
  readonly text: string
  readonly flag: number
}

export interface InferredType {
  readonly type: string
  /** Why a column that looks like something else stays text, with values that show it. */
  readonly doubt?: { readonly because: string; readonly proof: readonly string[] }
}

interface Candidate {
  readonly type: string
  /** Beyond the type's own check: what nobody should lose by the conversion. */
  readonly isPlain: (text: string) => boolean
}

const PLAIN_INTEGER = /^(?:0|-?[1-9]\d*)$/
const PLAIN_DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
const PLAIN_DOUBLE = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/

/** In order of preference. `01234`, `+86138…`, `1E5` and integers beyond 38 digits match none (HUGEINT holds a little more, but Parquet makes a DOUBLE of it) and stay text. */
const CANDIDATES: readonly Candidate[] = [
  { type: 'BOOLEAN', isPlain: (text) => /^(?:true|false)$/i.test(text) },
  { type: 'BIGINT', isPlain: (text) => PLAIN_INTEGER.test(text) },
  { type: 'DECIMAL(38,0)', isPlain: (text) => PLAIN_INTEGER.test(text) },
  { type: 'DATE', isPlain: () => true },
  { type: 'TIMESTAMP', isPlain: () => true },
  { type: 'TIMESTAMP WITH TIME ZONE', isPlain: () => true },
  { type: 'TIME', isPlain: () => true },
]

/**
 * The type of a column by its sampled values, so narrow that no value changes: digits, zeros and signs that carry meaning keep
 * a column text. A column without values is text.
 */
export function inferType(cells: readonly SampleCell[]): InferredType {
  if (cells.length === 0 || cells.some(({ text }) => text === '')) return { type: 'VARCHAR' }
  const texts = cells.map(({ text }) => text)
  for (const { type, isPlain } of CANDIDATES) {
    const check = cellCheckOf(type)
    if (texts.every((text) => isPlain(text) && fits(check, text))) return { type }
  }
  return numberType(texts) ?? { type: 'VARCHAR', ...doubtOf(texts) }
}

function fits(check: ReturnType<typeof cellCheckOf>, text: string): boolean {
  const bytes = Buffer.from(text, 'utf8')
  return check === undefined || check(bytes, 0, bytes.length)
}

/** DECIMAL where every value has the same few decimals, as money has; DOUBLE where 15 digits hold every value; else as wide as needed. */
function numberType(texts: readonly string[]): InferredType | undefined {
  const isDecimal = texts.every((text) => PLAIN_DECIMAL.test(text))
  if (!isDecimal && !texts.every((text) => PLAIN_DOUBLE.test(text) && /[.]/.test(text))) return undefined
  const digits = Math.max(...texts.map(significantDigits))
  if (!isDecimal)
    return digits <= 15 && texts.every((text) => fits(cellCheckOf('DOUBLE'), text)) ? { type: 'DOUBLE' } : undefined
  const scales = texts.map((text) => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0))
  const scale = Math.max(...scales)
  const whole = Math.max(...texts.map((text) => text.replace(/^-/, '').split('.')[0]?.length ?? 0))
  if (scale <= 4 && Math.min(...scales) === scale && whole + scale <= 16) return { type: `DECIMAL(18,${scale})` }
  if (digits <= 15) return { type: 'DOUBLE' }
  return whole + scale <= 38 ? { type: `DECIMAL(38,${scale})` } : undefined
}

function significantDigits(text: string): number {
  return text
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '').length
}

const NO_DATE = 'not every value is a real date and time without loss'

const DOUBTS: readonly { readonly pattern: RegExp; readonly because: string }[] = [
  { pattern: /^-?\d{1,3}(?:\.\d{3})*,\d+$/, because: 'a comma may be the decimal point' },
  { pattern: /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/, because: 'commas may separate thousands' },
  {
    pattern: /^\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?: .*)?$/,
    because: 'day and month cannot be told apart for certain',
  },
  { pattern: /^[+-]?(?:nan|inf|infinity)$/i, because: 'not a number, or infinite' },
  { pattern: /^-?\d+(?:\.\d+)?[eE][+-]?\d+$/, because: 'exponents may be numbers or codes' },
  { pattern: /^-?\d{39,}$/, because: 'more digits than any number type has' },
  { pattern: /^[+-]?\d+$/, because: 'leading zeros or signs would be lost' },
  { pattern: /^\d{4}-\d{2}-\d{2}.*$/, because: NO_DATE },
]

function doubtOf(texts: readonly string[]): Pick<InferredType, 'doubt'> {
  for (const { pattern, because } of DOUBTS) {
    const proof = [...new Set(texts.filter((text) => pattern.test(text)))]
    const matching = texts.filter((text) => pattern.test(text)).length
    if (proof.length === 0 || matching * 2 < texts.length) continue
    // Where almost all are dates, those that are not say more.
    const odd = because === NO_DATE ? texts.filter((text) => !fits(cellCheckOf('TIMESTAMP'), text)) : []
    return { doubt: { because, proof: (odd.length > 0 ? [...new Set(odd)] : proof).slice(0, 3) } }
  }
  return {}
}

/** Whether a cell was written in quotes. */
export function isQuoted(flag: number): boolean {
  return flag === QUOTED || flag === ESCAPED
}
