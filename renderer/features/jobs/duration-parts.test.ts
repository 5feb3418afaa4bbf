import { expect, it } from 'vitest'
import { durationParts } from './duration-parts.ts'

it.each([
  ['5m', { amount: 5, unit: 'm' }],
  ['250ms', { amount: 250, unit: 'ms' }],
  ['0s', { amount: 0, unit: 's' }],
  ['5 m', undefined],
  ['m', undefined],
  [undefined, undefined],
])('%s', (text, parts) => {
  expect(durationParts(text)).toEqual(parts)
})
