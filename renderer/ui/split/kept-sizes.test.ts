import { expect, it } from 'vitest'
import { keepSizes, keptSizes } from './kept-sizes.ts'

function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

it('are found again under other ids of as many panels, each group for itself', () => {
  const storage = memory()
  keepSizes(storage, 'rows', ['r1-a', 'r1-b'], { 'r1-a': 70, 'r1-b': 30 })
  expect(keptSizes(storage, 'rows', ['r2-a', 'r2-b'])).toEqual({ 'r2-a': 70, 'r2-b': 30 })
  expect(keptSizes(storage, 'columns', ['r2-a', 'r2-b'])).toBeUndefined()
  expect(keptSizes(storage, 'rows', ['a', 'b', 'c'])).toBeUndefined()
})

it.each(['no json', '{}', '[1]', '[60,"40"]', '[200,-100]'])('are not taken from what is no sizes: %s', (stored) => {
  expect(keptSizes({ getItem: () => stored }, 'rows', ['a', 'b'])).toBeUndefined()
})
