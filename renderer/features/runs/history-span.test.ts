import { expect, it } from 'vitest'
import { sinceOf } from './history-span.ts'

it.each([
  ['all', undefined],
  ['day', '2026-03-30T12:00:00.000Z'],
  ['week', '2026-03-24T12:00:00.000Z'],
  ['month', '2026-03-01T12:00:00.000Z'],
] as const)('%s begins at %s', (span, since) => {
  expect(sinceOf(span, Date.parse('2026-03-31T12:00:00Z'))).toBe(since)
})
