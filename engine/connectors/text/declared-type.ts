import { Failure } from '../../contract/failure.ts'

/** Spellings of one type that DuckDB takes, by the one it prints. */
const CANONICAL: Readonly<Record<string, string>> = {
  TEXT: 'VARCHAR',
  STRING: 'VARCHAR',
  CHAR: 'VARCHAR',
  INT: 'INTEGER',
  INT4: 'INTEGER',
  INT2: 'SMALLINT',
  INT8: 'BIGINT',
  LONG: 'BIGINT',
  BOOL: 'BOOLEAN',
  FLOAT8: 'DOUBLE',
  'DOUBLE PRECISION': 'DOUBLE',
  REAL: 'FLOAT',
  FLOAT4: 'FLOAT',
  DECIMAL: 'DECIMAL(18,3)',
  NUMERIC: 'DECIMAL(18,3)',
  DATETIME: 'TIMESTAMP',
  TIMESTAMPTZ: 'TIMESTAMP WITH TIME ZONE',
}

/**
 * A declared type as DuckDB prints it. Only letters, digits, brackets, commas and spaces can be in it, so it may stand in SQL.
 * @throws Failure `usage.invalid`
 */
export function declaredType(column: string, type: string): string {
  const text = type.trim().toUpperCase().replaceAll(/\s+/g, ' ')
  if (!/^[A-Z][A-Z0-9_ ]*(?:\(\s*\d+\s*(?:,\s*\d+\s*)?\))?(?:\[\])*$/.test(text)) {
    throw new Failure('usage.invalid', { reason: `column ${column}: ${type} is not a type` })
  }
  const decimal = /^(?:DECIMAL|NUMERIC|DEC)\((\d+)(?:,(\d+))?\)$/.exec(text.replaceAll(' ', ''))
  if (decimal !== null) return `DECIMAL(${decimal[1]},${decimal[2] ?? '0'})`
  if (/^(?:VARCHAR|CHAR)\(\d+\)$/.test(text)) return 'VARCHAR'
  return CANONICAL[text] ?? text
}
