import type { Column, Fidelity } from '../../../contract/column.ts'
import { Failure } from '../../../contract/failure.ts'
import type { ColumnFit } from '../../shared/load/table-plan.ts'
import type { PostgresColumn } from '../catalogue/table-columns.ts'

const EXACT: Fidelity = { kind: 'exact' }
const widening = (reason: string): Fidelity => ({ kind: 'widening', reason })
const lossy = (reason: string): Fidelity => ({ kind: 'lossy', reason })

interface NewType {
  readonly type: string
  readonly fidelity: Fidelity
}

const NEW_TYPES: Readonly<Record<string, NewType>> = {
  BOOLEAN: { type: 'boolean', fidelity: EXACT },
  TINYINT: { type: 'smallint', fidelity: widening('PostgreSQL has no 8-bit integer') },
  UTINYINT: { type: 'smallint', fidelity: widening('PostgreSQL has no unsigned integers') },
  SMALLINT: { type: 'smallint', fidelity: EXACT },
  USMALLINT: { type: 'integer', fidelity: widening('PostgreSQL has no unsigned integers') },
  INTEGER: { type: 'integer', fidelity: EXACT },
  UINTEGER: { type: 'bigint', fidelity: widening('PostgreSQL has no unsigned integers') },
  BIGINT: { type: 'bigint', fidelity: EXACT },
  UBIGINT: { type: 'numeric(20,0)', fidelity: widening('PostgreSQL has no unsigned integers') },
  HUGEINT: { type: 'numeric(39,0)', fidelity: widening('PostgreSQL has no 128-bit integer') },
  UHUGEINT: { type: 'numeric(39,0)', fidelity: widening('PostgreSQL has no 128-bit integer') },
  BIGNUM: { type: 'numeric', fidelity: EXACT },
  FLOAT: { type: 'real', fidelity: EXACT },
  DOUBLE: { type: 'double precision', fidelity: EXACT },
  VARCHAR: { type: 'text', fidelity: EXACT },
  BLOB: { type: 'bytea', fidelity: EXACT },
  BIT: { type: 'bit varying', fidelity: EXACT },
  DATE: { type: 'date', fidelity: EXACT },
  TIME: { type: 'time', fidelity: EXACT },
  TIMETZ: { type: 'timetz', fidelity: EXACT },
  'TIME WITH TIME ZONE': { type: 'timetz', fidelity: EXACT },
  TIMESTAMP: { type: 'timestamp', fidelity: EXACT },
  TIMESTAMP_S: { type: 'timestamp', fidelity: widening('PostgreSQL keeps microseconds') },
  TIMESTAMP_MS: { type: 'timestamp', fidelity: widening('PostgreSQL keeps microseconds') },
  TIMESTAMP_NS: { type: 'timestamp', fidelity: lossy('PostgreSQL keeps microseconds, not nanoseconds') },
  'TIMESTAMP WITH TIME ZONE': { type: 'timestamptz', fidelity: EXACT },
  INTERVAL: { type: 'interval', fidelity: EXACT },
  UUID: { type: 'uuid', fidelity: EXACT },
  JSON: { type: 'json', fidelity: EXACT },
}

const NESTED = /^(STRUCT|MAP|UNION)\(|\[\d*\]$/

/** The type a new column gets. @throws Failure `type.unsupported` */
export function newColumnType({ name, type }: Column): NewType {
  const found = Object.hasOwn(NEW_TYPES, type) ? NEW_TYPES[type] : undefined
  if (found !== undefined) return found
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type)
  if (decimal !== null) return { type: `numeric(${decimal[1]},${decimal[2]})`, fidelity: EXACT }
  if (type.startsWith('ENUM(')) return { type: 'text', fidelity: widening('the list of values is not kept') }
  const element = elementType(type)
  if (element !== undefined && !NESTED.test(element)) {
    const inner = newColumnType({ name, type: element })
    return { type: `${inner.type}[]`, fidelity: inner.fidelity }
  }
  if (NESTED.test(type)) return { type: 'jsonb', fidelity: widening('nested values become JSON') }
  throw new Failure('type.unsupported', { column: name, type, reason: 'PostgreSQL has no type for it' })
}

/** The element type of a LIST or ARRAY. */
export function elementType(type: string): string | undefined {
  return /^(.*)\[\d*\]$/s.exec(type)?.[1]
}

const INTEGERS = ['SMALLINT', 'INTEGER', 'BIGINT']
const SMALL_INTEGERS = new Set(['TINYINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'HUGEINT', 'UHUGEINT'])
const TEXTS = new Set(['text', 'varchar', 'bpchar', 'citext', 'name', 'json', 'jsonb', 'xml'])

/**
 * How values of a column go into one that is there. PostgreSQL itself refuses a value that does not fit, before the commit, so only
 * silent rounding counts as a loss. @throws Failure `type.unsupported` for pairs that make no sense.
 */
export function fitColumn(column: Column, target: PostgresColumn): ColumnFit {
  const { type } = column
  if (target.mapping.type === type) return { fidelity: precisionLoss(type, target) ?? EXACT }
  if (TEXTS.has(target.type.base) && !target.type.isArray) return { fidelity: textFit(type, target.type.base) }
  if (type === 'VARCHAR')
    return { fidelity: target.mapping.type === 'VARCHAR' ? EXACT : widening('read from its text') }
  const numeric = numberFit(type, target)
  if (numeric !== undefined) return { fidelity: numeric }
  if (type.startsWith('TIMESTAMP') || type === 'DATE') {
    const fidelity = timeFit(type, target.mapping.type)
    if (fidelity !== undefined) return { fidelity }
  }
  if (type === 'BIT' && target.type.base === 'varbit') return { fidelity: EXACT }
  if (type.endsWith(']') && target.type.isArray) return { fidelity: widening('each element is read from its text') }
  throw new Failure('type.unsupported', {
    column: column.name,
    type,
    reason: `column ${target.name} of the target is ${target.type.printed}`,
  })
}

function textFit(type: string, base: string): Fidelity {
  if (type === 'VARCHAR' || type === 'JSON') return EXACT
  return base.startsWith('json') ? widening('becomes JSON') : widening('becomes text')
}

function numberFit(type: string, target: PostgresColumn): Fidelity | undefined {
  const isInteger = INTEGERS.includes(type) || SMALL_INTEGERS.has(type)
  const to = target.mapping.type
  const isDecimalTarget = target.type.base === 'numeric'
  if (isInteger && (INTEGERS.includes(to) || isDecimalTarget || to === 'UINTEGER')) return EXACT
  if (isInteger && (to === 'DOUBLE' || to === 'FLOAT')) return lossy(`${to} keeps 53 or 24 bits`)
  const isFraction = type.startsWith('DECIMAL') || type === 'DOUBLE' || type === 'FLOAT' || type === 'BIGNUM'
  if (!isFraction) return undefined
  if (isDecimalTarget) return target.type.modifier < 0 ? EXACT : decimalFit(type, to)
  if (to === 'DOUBLE') return type === 'FLOAT' ? widening('FLOAT to DOUBLE') : lossy('DOUBLE keeps 15 digits')
  if (to === 'FLOAT') return lossy('FLOAT keeps 6 digits')
  return undefined
}

function decimalFit(type: string, to: string): Fidelity {
  const isWideEnough = scaleOf(to) >= scaleOf(type)
  return isWideEnough ? widening(`${type} to ${to}`) : lossy(`digits after the ${to} are rounded`)
}

function scaleOf(type: string): number {
  return Number(/^DECIMAL\(\d+,(\d+)\)$/.exec(type)?.[1] ?? Number.NaN)
}

function timeFit(from: string, to: string): Fidelity | undefined {
  if (to === 'DATE') return lossy('the time of day is dropped')
  if (!to.startsWith('TIMESTAMP')) return undefined
  if (from === 'TIMESTAMP_NS') return lossy('PostgreSQL keeps microseconds, not nanoseconds')
  if (from.includes('ZONE') !== to.includes('ZONE')) return widening('taken as UTC')
  return widening(`${from} to ${to}`)
}

/** timestamp(3) and the like round without a word. */
function precisionLoss(type: string, { type: target }: PostgresColumn): Fidelity | undefined {
  const isTimed = /^(TIME|TIMESTAMP|INTERVAL)/.test(type)
  const digits = target.modifier & 0xffff
  const isShort = isTimed && target.modifier >= 0 && digits < 6
  return isShort ? lossy(`${target.printed} keeps ${digits} digits of a second`) : undefined
}
