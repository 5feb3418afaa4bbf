import { expect, it } from 'vitest'
import { keptRounds, parseCpuTimes, stealBetween } from './steal.ts'

const line = (idle: number, steal: number): string => `cpu  100 0 50 ${idle} 5 0 3 ${steal} 7 0\ncpu0 1 2 3`

it.each([
  ['nothing passed', line(500, 0), line(500, 0), 0],
  ['all of it idle', line(500, 0), line(600, 0), 0],
  ['a fifth of it stolen', line(500, 10), line(580, 30), 0.2],
  ['no such file', '', '', 0],
])('steal between two readings: %s', (_case, before, after, expected) => {
  expect(stealBetween(parseCpuTimes(before), parseCpuTimes(after))).toBeCloseTo(expected)
})

it('gives as many rounds as were asked for, numbered from one', async () => {
  const asked: number[] = []
  const { kept, discarded } = await keptRounds(
    3,
    (round) => Promise.resolve(asked.push(round)),
    () => undefined,
  )
  expect(kept.length).toBe(3)
  expect(new Set(asked)).toEqual(new Set([1, 2, 3]))
  expect(asked.length).toBe(3 + discarded)
})
