/** What a cast may do to values: nothing, nothing that is lost, or the reason why some are lost or refused. */
export type CastFidelity =
  | { readonly kind: 'exact' }
  | { readonly kind: 'widening' }
  | { readonly kind: 'lossy'; readonly reason: 'range' | 'fraction' | 'precision' | 'parsing' | 'time' | 'other' }

const EXACT: CastFidelity = { kind: 'exact' }
const WIDENING: CastFidelity = { kind: 'widening' }
const lossy = (reason: Extract<CastFidelity, { kind: 'lossy' }>['reason']): CastFidelity => ({ kind: 'lossy', reason })

/** Decimal digits before the point that always fit, and that can occur. */
const INTEGERS: Readonly<
  Record<string, { readonly fits: number; readonly occurs: number; readonly isSigned: boolean }>
> = {
  TINYINT: { fits: 2, occurs: 3, isSigned: true },
  UTINYINT: { fits: 2, occurs: 3, isSigned: false },
  SMALLINT: { fits: 4, occurs: 5, isSigned: true },
  USMALLINT: { fits: 4, occurs: 5, isSigned: false },
  INTEGER: { fits: 9, occurs: 10, isSigned: true },
  UINTEGER: { fits: 9, occurs: 10, isSigned: false },
  BIGINT: { fits: 18, occurs: 19, isSigned: true },
  UBIGINT: { fits: 19, occurs: 20, isSigned: false },
  HUGEINT: { fits: 38, occurs: 39, isSigned: true },
  UHUGEINT: { fits: 38, occurs: 39, isSigned: false },
}
/** Whole numbers of this many digits are exact in the binary type. */
const FLOATS: Readonly<Record<string, number>> = { FLOAT: 7, DOUBLE: 15 }
const TIMES: readonly string[] = ['DATE', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP', 'TIMESTAMP_NS']
const ALIASES: Readonly<Record<string, string>> = {
  INT: 'INTEGER',
  INT4: 'INTEGER',
  LONG: 'BIGINT',
  INT8: 'BIGINT',
  SHORT: 'SMALLINT',
  TEXT: 'VARCHAR',
  STRING: 'VARCHAR',
  REAL: 'FLOAT',
  NUMERIC: 'DECIMAL',
  DATETIME: 'TIMESTAMP',
  BOOL: 'BOOLEAN',
}

/** Compares two of DuckDB's types by name; what it does not know it calls lossy rather than promise too much. */
export function castFidelity(from: string, to: string): CastFidelity {
  const [given, wanted] = [parsed(from), parsed(to)]
  if (given.text === wanted.text) return EXACT
  if (wanted.name === 'VARCHAR') return WIDENING
  if (given.name === 'VARCHAR') return lossy('parsing')
  return numberCast(given, wanted) ?? timeCast(given.name, wanted.name) ?? lossy('other')
}

interface ParsedType {
  readonly name: string
  readonly text: string
  /** Of a decimal. */
  readonly digits: readonly [whole: number, fraction: number]
}

function parsed(type: string): ParsedType {
  const [, word = '', inside] = /^\s*([A-Za-z_0-9]+)\s*(?:\(([\d\s,]+)\))?\s*$/.exec(type) ?? []
  if (word === '') return { name: '', text: type.trim().toUpperCase(), digits: [0, 0] }
  const name = ALIASES[word.toUpperCase()] ?? word.toUpperCase()
  const [width = 18, scale = inside === undefined ? 3 : 0] = (inside ?? '').split(',').filter(Boolean).map(Number)
  const isDecimal = name === 'DECIMAL'
  return {
    name,
    text: isDecimal ? `DECIMAL(${width},${scale})` : name,
    digits: isDecimal ? [width - scale, scale] : [0, 0],
  }
}

function numberCast(from: ParsedType, to: ParsedType): CastFidelity | undefined {
  const given = rangeOf(from)
  const wanted = rangeOf(to)
  if (given === undefined || wanted === undefined) return undefined
  if (given.isBinary && !(wanted.isBinary && wanted.fits >= given.fits))
    return lossy(wanted.isBinary ? 'precision' : 'fraction')
  if (given.isBinary) return WIDENING
  if (wanted.isBinary)
    return given.occurs + given.fraction <= wanted.fits && given.fraction === 0 ? WIDENING : lossy('precision')
  if (given.fraction > wanted.fraction) return lossy('fraction')
  if (given.isSigned && !wanted.isSigned) return lossy('range')
  const isInside = given.fits < wanted.fits || (given.occurs === given.fits && given.fits <= wanted.fits)
  return isInside && given.occurs <= wanted.occurs ? WIDENING : lossy('range')
}

interface NumberRange {
  readonly fits: number
  readonly occurs: number
  readonly fraction: number
  readonly isSigned: boolean
  readonly isBinary: boolean
}

function rangeOf({ name, digits: [whole, fraction] }: ParsedType): NumberRange | undefined {
  const integer = INTEGERS[name]
  if (integer !== undefined) return { ...integer, fraction: 0, isBinary: false }
  const float = FLOATS[name]
  if (float !== undefined) return { fits: float, occurs: float, fraction: 0, isSigned: true, isBinary: true }
  return name === 'DECIMAL' ? { fits: whole, occurs: whole, fraction, isSigned: true, isBinary: false } : undefined
}

function timeCast(from: string, to: string): CastFidelity | undefined {
  const [given, wanted] = [TIMES.indexOf(from), TIMES.indexOf(to)]
  if (given < 0 || wanted < 0) return undefined
  // Nanoseconds leave room for fewer years than a date has.
  if (to === 'TIMESTAMP_NS') return lossy('range')
  return given < wanted ? WIDENING : lossy('time')
}
