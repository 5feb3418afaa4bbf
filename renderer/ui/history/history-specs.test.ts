import { describe, expect, it } from 'vitest'
import { durationSpec, type HistoryPoint, rowSpec, sumOfCounts, tookMs } from './history-specs.ts'

const counts = (written: string, rejected: string) => ({ read: '9', generated: '0', written, rejected, filtered: '0' })
const words = {
  run: 'Run',
  states: { succeeded: 'succeeded', failed: 'failed', other: 'other' },
  written: 'written',
  rejected: 'refused',
  duration: (ms: number) => `${ms} ms`,
  number: String,
}
const points: HistoryPoint[] = [
  { id: 'a', label: 'Mon', state: 'succeeded', durationMs: 10, counts: counts('9007199254740993', '1') },
  { id: 'b', label: 'Tue', state: 'failed', durationMs: 5, counts: undefined },
  { id: 'c', label: 'Wed', state: 'running', durationMs: undefined, counts: undefined },
]

describe('the history of runs', () => {
  it('has a bar for each run, in the series of how it ended', () => {
    expect(durationSpec(points, words).series.map(({ name, values }) => [name, values])).toEqual([
      ['succeeded', [10, null, null]],
      ['failed', [null, 5, null]],
    ])
  })

  it('has a series also while the first run goes on', () => {
    const { series } = durationSpec(points.slice(2), words)
    expect(series.map(({ values }) => values)).toEqual([[null]])
  })

  it('has the rows of runs that told them', () => {
    expect(rowSpec(points, words).series.map(({ values }) => values)).toEqual([
      [Number('9007199254740993'), null, null],
      [1, null, null],
    ])
  })

  it('adds the counts of steps beyond what a number holds', () => {
    expect(sumOfCounts([counts('9007199254740993', '1'), undefined, counts('1', '2')])).toMatchObject({
      written: '9007199254740994',
      rejected: '3',
    })
    expect(sumOfCounts([undefined])).toBeUndefined()
  })

  it.each([
    ['both times', { startedAt: '2026-01-01T00:00:00Z', finishedAt: '2026-01-01T00:00:02Z' }, 2_000],
    ['no end', { startedAt: '2026-01-01T00:00:00Z' }, undefined],
    ['no beginning', {}, undefined],
    ['clocks that went back', { startedAt: '2026-01-01T00:00:02Z', finishedAt: '2026-01-01T00:00:00Z' }, 0],
  ])('knows how long it took with %s', (_case, times, expected) => {
    expect(tookMs(times)).toBe(expected)
  })
})
