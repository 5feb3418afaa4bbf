import { expect, it } from 'vitest'
import { castFidelity } from './cast-fidelity.ts'

it.each([
  ['INTEGER', 'INTEGER', 'exact'],
  ['int', 'INTEGER', 'exact'],
  ['DECIMAL(12, 2)', 'DECIMAL(12,2)', 'exact'],
  ['STRUCT(a INTEGER)', 'STRUCT(a INTEGER)', 'exact'],
  ['INTEGER', 'BIGINT', 'widening'],
  ['UINTEGER', 'BIGINT', 'widening'],
  ['BIGINT', 'INTEGER', 'range'],
  ['INTEGER', 'UINTEGER', 'range'],
  ['UBIGINT', 'BIGINT', 'range'],
  ['INTEGER', 'DOUBLE', 'widening'],
  ['BIGINT', 'DOUBLE', 'precision'],
  ['FLOAT', 'DOUBLE', 'widening'],
  ['DOUBLE', 'FLOAT', 'precision'],
  ['DOUBLE', 'INTEGER', 'fraction'],
  ['DECIMAL(10,2)', 'DECIMAL(12,2)', 'widening'],
  ['DECIMAL(12,2)', 'DECIMAL(12,4)', 'range'],
  ['DECIMAL(12,2)', 'BIGINT', 'fraction'],
  ['DECIMAL(12,2)', 'DOUBLE', 'precision'],
  ['INTEGER', 'DECIMAL(10,0)', 'widening'],
  ['INTEGER', 'DECIMAL(9,0)', 'range'],
  ['VARCHAR', 'DATE', 'parsing'],
  ['DATE', 'VARCHAR', 'widening'],
  ['DATE', 'TIMESTAMP', 'widening'],
  ['TIMESTAMP', 'DATE', 'time'],
  ['TIMESTAMP', 'TIMESTAMP_NS', 'range'],
  ['DATE', 'INTEGER', 'other'],
  ['INTEGER[]', 'INTEGER', 'other'],
])('%s as %s: %s', (from, to, expected) => {
  const fidelity = castFidelity(from, to)
  expect(fidelity.kind === 'lossy' ? fidelity.reason : fidelity.kind).toBe(expected)
})
