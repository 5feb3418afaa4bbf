import { expect, it } from 'vitest'
import { writeModeSchema } from '../../contract/write-mode.ts'
import { modelLoad } from './model.ts'

const before = [
  ['1', 'a'],
  ['2', 'b'],
  ['3', 'c'],
]
const staged = [
  ['2', 'B'],
  ['3', 'c'],
  ['4', 'd'],
]

it.each([
  ['append', '1a 2b 3c 2B 3c 4d', [3, 0, 0]],
  ['replace', '2B 3c 4d', [3, 0, 0]],
  ['truncate', '2B 3c 4d', [3, 0, 0]],
  ['upsert', '1a 2B 3c 4d', [1, 1, 0]],
  ['insert_new', '1a 2b 3c 4d', [1, 0, 0]],
  ['update', '1a 2B 3c', [0, 1, 0]],
  ['delete', '1a', [0, 0, 2]],
  ['mirror', '2B 3c 4d', [1, 1, 1]],
])('%s', (mode, rows, counts) => {
  const made = modelLoad({ mode: writeModeSchema.parse(mode), before, staged, key: 0 })
  expect(made.rows.map((row) => row.join('')).join(' ')).toBe(rows)
  expect([made.inserted, made.updated, made.deleted]).toEqual(counts.map(BigInt))
})
