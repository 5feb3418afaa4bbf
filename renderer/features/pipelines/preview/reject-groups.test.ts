import { expect, it } from 'vitest'
import { bytesOfRaw, groupedRejects } from './reject-groups.ts'

const reject = (rule: string, locator: string) => ({ rule, column: null, value: null, reason: '', locator, raw: null })

it('puts the rule with the most rows first and keeps the order of its rows', () => {
  const groups = groupedRejects([reject('a', '1'), reject('b', '2'), reject('b', '3'), reject('c', '4')])
  expect(groups.map(({ rule, rejects }) => [rule, ...rejects.map(({ locator }) => locator)])).toEqual([
    ['b', '2', '3'],
    ['a', '1'],
    ['c', '4'],
  ])
})

it.each([
  ['hex', '41ff0a', [0x41, 0xff, 0x0a]],
  ['upper case', 'FF', [0xff]],
  ['half a byte', '41f', undefined],
  ['nothing', '', undefined],
  ['a row as JSON', '{"a":1}', undefined],
])('%s', (_case, raw, bytes) => {
  const found = bytesOfRaw(raw)
  expect(found === undefined ? undefined : [...found]).toEqual(bytes)
})
