import { expect, it } from 'vitest'
import { typeFit } from './type-fit.ts'

it.each([
  ['INTEGER', 'INTEGER', 'exact'],
  ['INTEGER', 'BIGINT', 'widening'],
  ['BIGINT', 'INTEGER', 'BIGINT'],
  ['UBIGINT', 'BIGINT', 'HUGEINT'],
  ['UINTEGER', 'BIGINT', 'widening'],
  ['INTEGER', 'UINTEGER', 'HUGEINT'],
  ['DECIMAL(10,2)', 'DECIMAL(12,2)', 'widening'],
  ['DECIMAL(10,2)', 'DECIMAL(10,4)', 'DECIMAL(12,4)'],
  ['BIGINT', 'DECIMAL(10,2)', 'DECIMAL(21,2)'],
  ['INTEGER', 'DECIMAL(12,2)', 'widening'],
  ['DECIMAL(38,0)', 'DECIMAL(38,10)', 'unfit'],
  ['INTEGER', 'DOUBLE', 'widening'],
  ['BIGINT', 'DOUBLE', 'unfit'],
  ['DOUBLE', 'FLOAT', 'DOUBLE'],
  ['DATE', 'TIMESTAMP', 'widening'],
  ['TIMESTAMP', 'DATE', 'TIMESTAMP'],
  ['BLOB', 'VARCHAR', 'widening'],
  ['VARCHAR', 'INTEGER', 'unfit'],
])('%s into %s is %s', (from, to, expected) => {
  const fit = typeFit(from, to)
  expect(fit === 'unfit' ? fit : 'wider' in fit ? fit.wider : fit.fidelity.kind).toBe(expected)
})
