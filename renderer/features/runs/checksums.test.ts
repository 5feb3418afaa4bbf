import { expect, it } from 'vitest'
import { checksumLines, checksumsAgree } from './checksums.ts'

const sum = (column: string, checksum: string, nonNull = '1') => ({ column, checksum, nonNull })

it.each([
  ['the same', [sum('a', 'x')], [sum('a', 'x')], true],
  ['in another order', [sum('a', 'x'), sum('b', 'y')], [sum('b', 'y'), sum('a', 'x')], true],
  ['another checksum', [sum('a', 'x')], [sum('a', 'z')], false],
  ['another count', [sum('a', 'x')], [sum('a', 'x', '2')], false],
  ['a column that is not there', [sum('a', 'x')], [], false],
  ['none to compare', [], [], false],
])('checksums agree: %s', (_case, sourceChecksums, targetChecksums, expected) => {
  expect(checksumsAgree({ sourceChecksums, targetChecksums })).toBe(expected)
})

it('tells column by column what was sent and what arrived', () => {
  const lines = checksumLines({ sourceChecksums: [sum('a', 'x'), sum('b', 'y')], targetChecksums: [sum('b', 'z')] })
  expect(lines.map(({ column, sent, arrived, isSame }) => [column, sent, arrived, isSame])).toEqual([
    ['a', 'x', undefined, false],
    ['b', 'y', 'z', false],
  ])
})
