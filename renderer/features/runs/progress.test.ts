import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../../engine/contract/run.ts'
import { afterEvent, committedTargets, NO_PROGRESS, type Progress, phaseOf, ratesOf, stepLines } from './progress.ts'

const START = Date.parse('2026-01-01T00:00:00.000Z')
type Part = Partial<RunEvent> & Pick<RunEvent, 'kind'>

/** The events one second after another. */
function after(...parts: Part[]): Progress {
  return parts
    .map((part, index): RunEvent => {
      return { runId: 'r', sequence: index + 1, at: new Date(START + index * 1_000).toISOString(), ...part }
    })
    .reduce(afterEvent, NO_PROGRESS)
}

describe('the progress of a run', () => {
  it('has its steps with how long they took, the last one running', () => {
    const progress = after({ kind: 'step', step: 'open' }, { kind: 'progress' }, { kind: 'step', step: 'load orders' })
    expect(stepLines(progress)).toEqual([
      { step: 'open', tookMs: 2_000 },
      { step: 'load orders', tookMs: undefined },
    ])
  })

  it('ends with the run', () => {
    const progress = after({ kind: 'step', step: 'open' }, { kind: 'state', state: 'failed' })
    expect(stepLines(progress)).toEqual([{ step: 'open', tookMs: 1_000 }])
  })

  it('keeps the newest of each source', () => {
    const { sources } = after(
      { kind: 'progress', step: 'b', fraction: 0.1 },
      { kind: 'progress', step: 'a' },
      { kind: 'progress', step: 'b', fraction: 0.5 },
    )
    expect(sources).toEqual([
      { source: 'a', fraction: undefined },
      { source: 'b', fraction: 0.5 },
    ])
  })

  it('gives the rate from moment to moment, not the average', () => {
    const progress = after(
      { kind: 'step', step: 'open' },
      { kind: 'progress', rows: '100' },
      { kind: 'progress', rows: '100' },
      { kind: 'progress', rows: '400' },
    )
    expect(ratesOf(progress)).toEqual([
      { afterMs: 1_000, rowsPerSecond: 100 },
      { afterMs: 2_000, rowsPerSecond: 0 },
      { afterMs: 3_000, rowsPerSecond: 300 },
    ])
  })

  it('begins anew with an attempt', () => {
    const progress = after(
      { kind: 'step', step: 'open' },
      { kind: 'progress', step: 'a', rows: '100' },
      { kind: 'step', step: 'open' },
    )
    expect([progress.steps.length, progress.rows.length, progress.sources.length]).toEqual([1, 0, 0])
  })

  it('counts no event twice when they come again', () => {
    const progress = after({ kind: 'step', step: 'open' })
    const again: RunEvent = { runId: 'r', sequence: 1, at: new Date(START).toISOString(), kind: 'step', step: 'open' }
    expect(afterEvent(progress, again)).toBe(progress)
  })

  it('stays small however long the run is, and keeps its first and last point', () => {
    const { rows } = after(
      ...Array.from({ length: 5_001 }, (_, index): Part => ({ kind: 'progress', rows: `${index}` })),
    )
    expect(rows.length).toBeLessThanOrEqual(241)
    expect([rows[0]?.rows, rows.at(-1)?.rows]).toEqual([0, 5_000])
    expect(rows.every(({ at }, index) => at > (rows[index - 1]?.at ?? 0))).toBe(true)
  })

  it('knows what was committed', () => {
    expect(
      committedTargets(after({ kind: 'step', step: 'stream' }, { kind: 'step', step: 'commit my orders' })),
    ).toEqual(['my orders'])
  })

  it.each([
    ['open', 'open', undefined],
    ['load orders', 'load', 'orders'],
    ['load my orders', 'load', 'my orders'],
  ])('%s is the phase %s', (step, phase, subject) => {
    expect(phaseOf(step)).toEqual({ phase, subject })
  })
})
