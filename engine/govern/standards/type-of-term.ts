const NAMES: Readonly<Record<string, string>> = {
  TEXT: 'VARCHAR',
  STRING: 'VARCHAR',
  CHAR: 'VARCHAR',
  INT: 'INTEGER',
  INT4: 'INTEGER',
  INT8: 'BIGINT',
  INT2: 'SMALLINT',
  LONG: 'BIGINT',
  NUMERIC: 'DECIMAL',
  BOOL: 'BOOLEAN',
  DATETIME: 'TIMESTAMP',
  REAL: 'FLOAT',
  FLOAT8: 'DOUBLE',
  TIMESTAMPTZ: 'TIMESTAMP WITH TIME ZONE',
}

/** A type as DuckDB prints it: `numeric(18, 2)` is DECIMAL(18,2), `varchar(20)` is VARCHAR. */
export function plainType(type: string): string {
  const text = type
    .trim()
    .toUpperCase()
    .replaceAll(/\s*([(),])\s*/g, '$1')
  const name = text.replace(/\(.*$/, '')
  const plain = NAMES[name] ?? name
  if (plain === 'DECIMAL') return `DECIMAL${text.includes('(') ? text.slice(text.indexOf('(')) : '(18,3)'}`
  return plain === 'VARCHAR' ? plain : `${plain}${text.slice(name.length)}`
}

/** Characters that a text type of a system takes: 40 of `character varying(40)`. */
export function lengthOfType(sourceType: string | undefined): number | undefined {
  const match = sourceType?.match(/char(?:acter)?(?: varying)?2?\s*\((\d+)/i)
  return match?.[1] === undefined ? undefined : Number(match[1])
}
