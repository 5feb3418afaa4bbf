import { expect, it } from 'vitest'
import { linesOn, PAGE_LINES, pagesOf } from './log-pages.ts'

it.each([0, 1, PAGE_LINES - 1, PAGE_LINES, PAGE_LINES + 1, 100_000])('the pages of %i lines have them all', (total) => {
  const lines = Array.from({ length: pagesOf(total) }, (_, page) => linesOn(page, total))
  expect(lines.reduce((sum, on) => sum + on, 0)).toBe(total)
  expect(lines.every((on) => on > 0)).toBe(true)
  expect(linesOn(pagesOf(total), total)).toBe(0)
})
