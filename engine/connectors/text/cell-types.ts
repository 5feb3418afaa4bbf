import { type CellCheck, decimalCheck, doubleCheck, integerCheck } from './number-cells.ts'
import { booleanCheck, dateCheck, timeCheck, timestampCheck, zonedTimestampCheck } from './time-cells.ts'

/**
 * The check for a DuckDB type whose text form Runnel knows byte by byte; undefined for VARCHAR (everything fits) and for types
 * that only DuckDB can judge (UUID, JSON, INTERVAL, lists …).
 */
export function cellCheckOf(type: string): CellCheck | undefined {
  const decimal = /^(?:DECIMAL|NUMERIC)\((\d+),\s*(\d+)\)$/i.exec(type)
  if (decimal !== null) return decimalCheck(Number(decimal[1]), Number(decimal[2]))
  return CHECKS[type.toUpperCase()]
}

const signed = (bits: bigint): CellCheck => {
  const limit = 2n ** (bits - 1n)
  return integerCheck(String(limit - 1n), String(limit))
}
const unsigned = (bits: bigint): CellCheck => integerCheck(String(2n ** bits - 1n), '0')

const CHECKS: Readonly<Record<string, CellCheck>> = {
  BOOLEAN: booleanCheck,
  TINYINT: signed(8n),
  SMALLINT: signed(16n),
  INTEGER: signed(32n),
  BIGINT: signed(64n),
  HUGEINT: signed(128n),
  UTINYINT: unsigned(8n),
  USMALLINT: unsigned(16n),
  UINTEGER: unsigned(32n),
  UBIGINT: unsigned(64n),
  UHUGEINT: unsigned(128n),
  DOUBLE: doubleCheck,
  DATE: dateCheck,
  TIME: timeCheck,
  TIMESTAMP: timestampCheck,
  'TIMESTAMP WITH TIME ZONE': zonedTimestampCheck,
}
