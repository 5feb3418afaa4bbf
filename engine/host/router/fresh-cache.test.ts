import { expect, it } from 'vitest'
import { FreshCache } from './fresh-cache.ts'

function counting() {
  let asked = 0
  return async () => ++asked
}

it('asks once for the same key, also at the same time, and again when told to', async () => {
  const cache = new FreshCache<number>(60_000)
  const ask = counting()
  expect(await Promise.all([cache.of('a', false, ask), cache.of('a', false, ask)])).toEqual([1, 1])
  expect(await cache.of('b', false, ask)).toBe(2)
  expect(await cache.of('a', true, ask)).toBe(3)
  expect(await cache.of('a', false, ask)).toBe(3)
})

it('asks again when what it knows is old', async () => {
  const cache = new FreshCache<number>(0)
  const ask = counting()
  await cache.of('a', false, ask)
  expect(await cache.of('a', false, ask)).toBe(2)
})

it('does not remember a failure', async () => {
  const cache = new FreshCache<number>(60_000)
  await expect(cache.of('a', false, () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await cache.of('a', false, counting())).toBe(1)
})

it('forgets the oldest of very many', async () => {
  const cache = new FreshCache<number>(60_000)
  const ask = counting()
  for (let i = 0; i < 501; i++) await cache.of(String(i), false, ask)
  expect(await cache.of('500', false, ask)).toBe(501)
  expect(await cache.of('0', false, ask)).toBe(502)
})
