import { expect, it } from 'vitest'
import { rejectKey } from './reject-row.ts'

const reject = { rule: 'r', column: 'c', value: 'v', reason: 'why', locator: 'a.csv:3', raw: '{"c":"v"}' }

it.each([
  ['all that says something', reject, { rule: 'r', column: 'c', value: 'v', locator: 'a.csv:3', raw: '{"c":"v"}' }],
  ['nothing for NULL', { ...reject, column: null, value: null }, { rule: 'r', locator: 'a.csv:3', raw: '{"c":"v"}' }],
  [
    'an empty value',
    { ...reject, value: '' },
    { rule: 'r', column: 'c', value: '', locator: 'a.csv:3', raw: '{"c":"v"}' },
  ],
  [
    'no row that is long',
    { ...reject, raw: 'x'.repeat(4_001) },
    { rule: 'r', column: 'c', value: 'v', locator: 'a.csv:3' },
  ],
])('the key of a reject has %s', (_case, one, key) => {
  expect(rejectKey(one)).toEqual(key)
})
