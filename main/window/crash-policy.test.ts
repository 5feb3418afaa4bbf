import { expect, it } from 'vitest'
import { mayReload } from './crash-policy.ts'

it.each([
  ['the first crash', [], true],
  ['the third in a minute', [1_000, 2_000], true],
  ['the fourth in a minute', [1_000, 2_000, 3_000], false],
  ['a fourth long after', [-200_000, -100_000, -60_000], true],
])('%s is reloaded: %s %s', (_case, crashes, expected) => {
  expect(mayReload(crashes, 10_000)).toBe(expected)
})
