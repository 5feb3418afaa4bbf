import type { Fidelity } from '../../../contract/column.ts'

/** A column's type as pg_type tells it, domains resolved to what they are made of. */
export interface CatalogueType {
  /** format_type() of the column itself. */
  readonly printed: string
  /** pg_type.typname of the base type, or of the element for an array. */
  readonly base: string
  /** pg_type.typtype of the base or element: b base, e enum, c composite, r range, m multirange. */
  readonly kind: string
  /** atttypmod, or the domain's; -1 when there is none. */
  readonly modifier: number
  readonly isArray: boolean
}

/** How values are brought over: what DuckDB holds, how the server writes them, what may stand in the way. */
export interface SourceMapping {
  /** DuckDB's type. */
  readonly type: string
  readonly fidelity: Fidelity
  readonly transport: Transport
}

/**
 * The text that travels and how DuckDB reads it.
 *
 * - `plain`: the server's own text, which DuckDB's type reads as it is;
 * - `calendar`: the same, but dates before Christ are written otherwise and far ones do not exist in DuckDB;
 * - `instant`: a timestamp with time zone as its time in UTC, which DuckDB reads faster than a text with an offset;
 * - `hex`: `\x…` to BLOB; `interval`: months, days, microseconds; `money`: its numeric value; `text`: cast to text by the server;
 * - `list`: JSON array of texts, each read by `element`.
 */
export type Transport =
  | { readonly kind: 'plain' | 'calendar' | 'instant' | 'decimal' | 'hex' | 'interval' | 'money' | 'text' }
  | { readonly kind: 'list'; readonly element: SourceMapping }

const EXACT: Fidelity = { kind: 'exact' }
const AS_TEXT: Fidelity = { kind: 'widening', reason: 'kept as its text, which PostgreSQL reads back' }

const MAX_DECIMAL_DIGITS = 38
/** The type modifier counts its own four bytes. */
const MODIFIER_HEADER = 4

const PLAIN: Readonly<Record<string, string>> = {
  int2: 'SMALLINT',
  int4: 'INTEGER',
  int8: 'BIGINT',
  oid: 'UINTEGER',
  float4: 'FLOAT',
  float8: 'DOUBLE',
  bool: 'BOOLEAN',
  uuid: 'UUID',
  json: 'JSON',
  jsonb: 'JSON',
  time: 'TIME',
  text: 'VARCHAR',
  varchar: 'VARCHAR',
  bpchar: 'VARCHAR',
  char: 'VARCHAR',
  name: 'VARCHAR',
  citext: 'VARCHAR',
  bit: 'BIT',
}

const CALENDAR: Readonly<Record<string, string>> = {
  date: 'DATE',
  timestamp: 'TIMESTAMP',
}

/** The mapping of a column's type. Every type has one: what DuckDB lacks travels as text. */
export function mapSourceType(type: CatalogueType): SourceMapping {
  if (type.isArray) {
    const single = mapSourceType({ ...type, isArray: false })
    // Inside an array only the server's own text of an element can be had.
    const isRewritten = single.transport.kind === 'interval' || single.transport.kind === 'money'
    const element: SourceMapping = isRewritten
      ? { type: 'VARCHAR', fidelity: AS_TEXT, transport: { kind: 'text' } }
      : single.transport.kind === 'instant'
        ? { ...single, transport: { kind: 'calendar' } }
        : single
    return {
      type: `${element.type}[]`,
      fidelity:
        element.fidelity.kind === 'exact'
          ? { kind: 'widening', reason: 'arrays of several dimensions or with other lower bounds are rejected' }
          : element.fidelity,
      transport: { kind: 'list', element },
    }
  }
  if (type.kind !== 'b') return { type: 'VARCHAR', fidelity: AS_TEXT, transport: { kind: 'text' } }
  return mapBaseType(type)
}

function mapBaseType({ base, modifier }: CatalogueType): SourceMapping {
  const plain = Object.hasOwn(PLAIN, base) ? PLAIN[base] : undefined
  if (plain !== undefined) return { type: plain, fidelity: EXACT, transport: { kind: 'plain' } }
  const calendar = Object.hasOwn(CALENDAR, base) ? CALENDAR[base] : undefined
  if (calendar !== undefined) return { type: calendar, fidelity: EXACT, transport: { kind: 'calendar' } }
  switch (base) {
    case 'numeric':
      return mapNumeric(modifier)
    case 'bytea':
      return { type: 'BLOB', fidelity: EXACT, transport: { kind: 'hex' } }
    case 'interval':
      return { type: 'INTERVAL', fidelity: EXACT, transport: { kind: 'interval' } }
    case 'timestamptz':
      return { type: 'TIMESTAMP WITH TIME ZONE', fidelity: EXACT, transport: { kind: 'instant' } }
    case 'timetz':
      return {
        type: 'VARCHAR',
        fidelity: { kind: 'widening', reason: 'kept as its text: Parquet would drop the offset' },
        transport: { kind: 'text' },
      }
    case 'money':
      return {
        type: 'DECIMAL(19,2)',
        fidelity: { kind: 'widening', reason: 'the amount without its currency' },
        transport: { kind: 'money' },
      }
    default:
      return { type: 'VARCHAR', fidelity: AS_TEXT, transport: { kind: 'text' } }
  }
}

/** A numeric without precision may hold 131,072 digits and NaN; only its text holds them all. */
function mapNumeric(modifier: number): SourceMapping {
  const digits = (modifier - MODIFIER_HEADER) >> 16
  // The scale is an 11-bit number with a sign since PostgreSQL 15.
  const scale = (((modifier - MODIFIER_HEADER) & 0x7ff) ^ 0x400) - 0x400
  const fits = modifier >= MODIFIER_HEADER && digits <= MAX_DECIMAL_DIGITS && scale >= 0 && scale <= digits
  if (fits) return { type: `DECIMAL(${digits},${scale})`, fidelity: EXACT, transport: { kind: 'decimal' } }
  return {
    type: 'VARCHAR',
    fidelity: { kind: 'widening', reason: 'numbers without a precision of at most 38 digits are kept as their digits' },
    transport: { kind: 'plain' },
  }
}
