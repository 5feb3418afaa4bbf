import { expect, it } from 'vitest'
import { isDue } from './view-due.ts'

const view = { x: 0, y: 0, zoom: 1 }

it.each([
  ['nothing moved', { atMs: 0, tookMs: 20 }, {}, 10_000, false],
  ['a little way', { atMs: 0, tookMs: 20 }, { x: 20, y: 20 }, 10_000, false],
  ['a way', { atMs: 0, tookMs: 20 }, { x: 30, y: 30 }, 100, true],
  ['a way at once', { atMs: 90, tookMs: 20 }, { x: 30, y: 30 }, 100, false],
  ['a little nearer', { atMs: 0, tookMs: 20 }, { zoom: 1.05 }, 10_000, false],
  ['nearer', { atMs: 0, tookMs: 20 }, { zoom: 1.2 }, 100, true],
  ['further off', { atMs: 0, tookMs: 20 }, { zoom: 0.8 }, 100, true],
  ['a way, when the last took long', { atMs: 0, tookMs: 100 }, { x: 500 }, 1_000, false],
  ['a way, when the last took long, after its share', { atMs: 0, tookMs: 100 }, { x: 500 }, 2_000, true],
])('%s', (_case, told, moved, nowMs, expected) => {
  expect(isDue({ view, ...told }, { ...view, ...moved }, nowMs)).toBe(expected)
})
