import type { Column, Fidelity } from '../../../contract/column.ts'
import { Failure } from '../../../contract/failure.ts'
import { id, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { ColumnFit, ExistingColumn, TargetColumn } from '../../shared/load/table-plan.ts'
import { isNested } from './write-type.ts'

/** How a column goes through a segment file into the stage. */
export interface LoadColumn {
  readonly column: Column
  readonly target: TargetColumn
  /** DuckDB's expression for the text in the file. */
  readonly value: Sql
  /** The server's expression for what it makes of that text; absent where the text is the value. */
  readonly set?: (text: Sql) => Sql
}

type Family =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'text'
  | 'bytes'
  | 'date'
  | 'datetime'
  | 'time'
  | 'year'
  | 'bit'
  | 'spatial'

const FAMILIES: Readonly<Record<string, Family>> = {
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  integer: 'integer',
  bigint: 'integer',
  decimal: 'decimal',
  float: 'float',
  double: 'float',
  char: 'text',
  varchar: 'text',
  tinytext: 'text',
  text: 'text',
  mediumtext: 'text',
  longtext: 'text',
  enum: 'text',
  set: 'text',
  json: 'text',
  uuid: 'text',
  inet4: 'text',
  inet6: 'text',
  binary: 'bytes',
  varbinary: 'bytes',
  tinyblob: 'bytes',
  blob: 'bytes',
  mediumblob: 'bytes',
  longblob: 'bytes',
  date: 'date',
  datetime: 'datetime',
  timestamp: 'datetime',
  time: 'time',
  year: 'year',
  bit: 'bit',
  geometry: 'spatial',
  point: 'spatial',
  linestring: 'spatial',
  polygon: 'spatial',
  multipoint: 'spatial',
  multilinestring: 'spatial',
  multipolygon: 'spatial',
  geometrycollection: 'spatial',
  geomcollection: 'spatial',
}

/** The conversion of a column for the target column it goes to. */
export function loadColumn(column: Column, target: TargetColumn): LoadColumn {
  const source = id(column.name)
  const base = { column, target, value: textOf(column, source) }
  const family = familyOf(target.type)
  if (family === 'spatial') return { ...base, set: (text) => sql`ST_GeomFromWKB(UNHEX(${text}))` }
  if (family === 'bytes' && column.type === 'BLOB') return { ...base, set: (text) => sql`UNHEX(${text})` }
  if (family === 'bit') return { ...base, set: (text) => sql`CAST(${text} AS UNSIGNED)` }
  // The text 0 would become the year 2000.
  return family === 'year' ? { ...base, value: sql`printf('%04d', ${source})` } : base
}

function textOf({ type }: Column, source: Sql): Sql {
  if (type === 'BLOB') return sql`hex(${source})`
  if (type === 'BOOLEAN') return sql`${source}::TINYINT`
  // The exact value: MySQL reads decimal text as DOUBLE before it makes a FLOAT of it.
  if (type === 'FLOAT') return sql`${source}::DOUBLE`
  if (type === 'TIMESTAMP WITH TIME ZONE') return sql`${source}::TIMESTAMP`
  if (isNested(type)) return sql`to_json(${source})`
  return source
}

/**
 * Whether a column's values can go into an existing column. Values are checked again by the server while they are loaded:
 * anything that it would have to change refuses the load, so only changes it makes without a word are called lossy here.
 * @throws Failure `type.unsupported`
 */
export function fitColumn(column: Column, target: ExistingColumn): ColumnFit {
  const type = target.type.toLowerCase()
  const to = familyOf(type)
  const from = sourceFamily(column.type)
  if (to === undefined || !accepts(from, to)) {
    const reason = `the target column ${target.name} is ${target.type}`
    throw new Failure('type.unsupported', { column: column.name, type: column.type, reason })
  }
  return { fidelity: silentLoss(column.type, type) ?? kindOf(column.type, from, to) }
}

const ACCEPTS: Readonly<Record<Family, readonly Family[]>> = {
  integer: ['integer', 'decimal', 'float', 'text', 'year', 'bit'],
  decimal: ['integer', 'decimal', 'float', 'text'],
  float: ['float', 'text'],
  // Text is what MySQL's own types without an equal in DuckDB are read as.
  text: ['text', 'bytes', 'decimal', 'date', 'datetime', 'time'],
  bytes: ['bytes', 'spatial'],
  date: ['date', 'datetime', 'text'],
  datetime: ['datetime', 'text'],
  time: ['time', 'text'],
  year: [],
  bit: [],
  spatial: [],
}

function accepts(from: Family, to: Family): boolean {
  return ACCEPTS[from].includes(to)
}

function sourceFamily(type: string): Family {
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|BOOLEAN)$/.test(type)) return 'integer'
  if (type.startsWith('DECIMAL(')) return 'decimal'
  if (type === 'FLOAT' || type === 'DOUBLE') return 'float'
  if (type === 'BLOB') return 'bytes'
  if (type === 'DATE') return 'date'
  if (type === 'TIME') return 'time'
  return /^TIMESTAMP(_S|_MS| WITH TIME ZONE)?$/.test(type) ? 'datetime' : 'text'
}

function familyOf(type: string): Family | undefined {
  return FAMILIES[/^[a-z0-9]+/.exec(type.toLowerCase())?.[0] ?? '']
}

/** What the server changes without a warning. */
function silentLoss(from: string, to: string): Fidelity | undefined {
  if (to.startsWith('float') && from !== 'FLOAT') return lossy('FLOAT keeps about 7 digits')
  if (to.startsWith('double') && /^(U?BIGINT|U?HUGEINT|DECIMAL)/.test(from))
    return lossy('DOUBLE keeps about 16 digits')
  if (/^(char|binary)\(/.test(to) && from !== 'UUID')
    return lossy('the column pads its values, so ends of values may change')
  const fraction = Number(/^(?:time|datetime|timestamp)\((\d)\)/.exec(to)?.[1] ?? 0)
  if (/^(time|datetime|timestamp)/.test(to) && fraction < 6 && from.startsWith('TIME')) {
    return lossy(`fractions of a second beyond ${fraction} digits are rounded`)
  }
  if (to.startsWith('datetime') && from === 'TIMESTAMP WITH TIME ZONE')
    return lossy('the instant is kept as UTC without a zone')
  return undefined
}

function kindOf(type: string, from: Family, to: Family): Fidelity {
  const isSame = from === to && type !== 'BOOLEAN' && !isNested(type)
  return isSame ? { kind: 'exact' } : { kind: 'widening', reason: `written as ${to}` }
}

function lossy(reason: string): Fidelity {
  return { kind: 'lossy', reason }
}

/** The type as DDL text; types come from the closed list of `newType`, from the server's catalogue, or from a person. */
export function typeSql({ type }: TargetColumn): Sql {
  return trusted(type)
}
