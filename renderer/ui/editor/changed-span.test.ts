import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changedSpan } from './changed-span.ts'

it.each([
  ['nothing', 'same', 'same', { start: 4, end: 4, text: '' }],
  ['a letter in the middle', 'ac', 'abc', { start: 1, end: 1, text: 'b' }],
  ['one of two that are alike', 'aa', 'a', { start: 1, end: 2, text: '' }],
  ['everything', 'abc', 'xyz', { start: 0, end: 3, text: 'xyz' }],
])('finds that %s changed', (_case, before, after, span) => {
  expect(changedSpan(before, after)).toEqual(span)
})

it('turns one text into the other', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n') })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { start, end, text: put } = changedSpan(before, after)
      expect(before.slice(0, start) + put + before.slice(end)).toBe(after)
    }),
  )
})
