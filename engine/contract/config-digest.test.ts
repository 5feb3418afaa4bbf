import { expect, it } from 'vitest'
import { configDigest } from './config-digest.ts'

const filter = { type: 'filter', input: 'a', where: 'x > 1' }

it.each([
  ['the same in another order', { where: 'x > 1', input: 'a', type: 'filter' }, true],
  ['described otherwise', { ...filter, description: 'why' }, true],
  ['another expression', { ...filter, where: 'x > 2' }, false],
  ['another input', { ...filter, input: 'b' }, false],
  ['one more field', { ...filter, extra: null }, false],
  ['a list in another order', { ...filter, where: ['b', 'a'] }, false],
])('a node %s', (_case, config, isSame) => {
  expect(configDigest(config) === configDigest(filter)).toBe(isSame)
})

it('tells ten thousand settings apart', () => {
  const digests = Array.from({ length: 10_000 }, (_, number) => configDigest({ ...filter, where: `x > ${number}` }))
  expect(new Set(digests).size).toBe(digests.length)
})

it('sorts inside of lists and of objects', () => {
  expect(configDigest({ type: 'map', fields: [{ to: 'a', from: 'b' }] })).toBe(
    configDigest({ fields: [{ from: 'b', to: 'a' }], type: 'map' }),
  )
})
