import type { SqlDialect, SqlValue } from './dialect.ts'

/** DuckDB and SQLite read plain quotes only: a backslash is itself. */
export const duckDialect: SqlDialect = {
  name: 'duckdb',
  quoteIdentifier: (name) => doubleQuoted(name),
  quoteLiteral: (value) =>
    value instanceof Uint8Array
      ? `from_hex('${hex(value)}')`
      : typeof value === 'number' && !Number.isFinite(value)
        ? `'${value}'::DOUBLE`
        : plainLiteral(value),
}

export const sqliteDialect: SqlDialect = {
  name: 'sqlite',
  quoteIdentifier: (name) => doubleQuoted(name),
  quoteLiteral: (value) =>
    value instanceof Uint8Array
      ? `x'${hex(value)}'`
      : typeof value === 'boolean'
        ? value
          ? '1'
          : '0'
        : plainLiteral(value),
}

/** `E''` is used as soon as a backslash appears, so that the text means the same whatever standard_conforming_strings says. */
export const postgresDialect: SqlDialect = {
  name: 'postgresql',
  quoteIdentifier: (name) => doubleQuoted(name),
  quoteLiteral: (value) => {
    if (value instanceof Uint8Array) return `'\\x${hex(value)}'::bytea`
    if (typeof value === 'number' && !Number.isFinite(value)) return `'${value}'::float8`
    if (typeof value === 'string' && value.includes('\\')) return `E${plainLiteral(value.replaceAll('\\', '\\\\'))}`
    return plainLiteral(value)
  },
}

/** MySQL and MariaDB with the default sql_mode: backslash escapes in strings are on. */
export const mysqlDialect: SqlDialect = {
  name: 'mysql',
  quoteIdentifier: (name) => `\`${checkedName(name).replaceAll('`', '``')}\``,
  quoteLiteral: (value) => {
    if (value instanceof Uint8Array) return `x'${hex(value)}'`
    return typeof value === 'string' ? plainLiteral(value.replaceAll('\\', '\\\\')) : plainLiteral(value)
  },
}

function doubleQuoted(name: string): string {
  return `"${checkedName(name).replaceAll('"', '""')}"`
}

function checkedName(name: string): string {
  if (name === '' || name.includes('\0')) throw new RangeError('a name must not be empty nor contain NUL')
  return name
}

function plainLiteral(value: Exclude<SqlValue, Uint8Array>): string {
  if (value === null) return 'NULL'
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  return typeof value === 'boolean' ? String(value).toUpperCase() : String(value)
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
