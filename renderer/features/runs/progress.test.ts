import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../../engine/contract/run.ts'
import { afterEvent, NO_PROGRESS, type Progress } from './progress.ts'

let sequence = 0
const event = (part: Partial<RunEvent> & Pick<RunEvent, 'kind'>): RunEvent => {
  sequence += 1
  return { runId: 'r', sequence, at: '2026-01-01T00:00:00.000Z', ...part }
}
const after = (...events: RunEvent[]): Progress => events.reduce(afterEvent, NO_PROGRESS)

describe('the progress of a run', () => {
  it('keeps the newest of each step, in the order in which they began', () => {
    const { steps } = after(
      event({ kind: 'progress', step: 'a', rows: '10', fraction: 0.1 }),
      event({ kind: 'progress', step: 'b', rows: '1' }),
      event({ kind: 'progress', step: 'a', rows: '20' }),
    )
    expect(steps).toEqual([
      { step: 'a', rows: '20', rowsPerSecond: undefined, fraction: 0.1 },
      { step: 'b', rows: '1', rowsPerSecond: undefined, fraction: undefined },
    ])
  })

  it('follows the state', () => {
    expect(after(event({ kind: 'state', state: 'running' }), event({ kind: 'state', state: 'failed' })).state).toBe(
      'failed',
    )
  })

  it('writes the log with its levels', () => {
    const { log } = after(
      event({ kind: 'log', message: 'begun' }),
      event({ kind: 'warning', message: 'careful' }),
      event({ kind: 'state', state: 'failed', failure: { code: 'source.unavailable', detail: {} } }),
    )
    expect(log.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'info: begun',
      'warning: careful',
      'error: source.unavailable',
    ])
  })

  it('writes no line twice when events come again', () => {
    const once = event({ kind: 'log', message: 'begun' })
    expect(after(once, once).log).toHaveLength(1)
  })

  it('stays small however long the run is', () => {
    let progress = NO_PROGRESS
    for (let index = 0; index < 6_000; index++)
      progress = afterEvent(progress, event({ kind: 'log', message: 'x', rowsPerSecond: index }))
    expect([progress.log.length, progress.rates.length]).toEqual([5_000, 300])
  })
})
