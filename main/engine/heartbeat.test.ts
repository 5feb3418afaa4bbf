import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startHeartbeat } from './heartbeat.ts'

describe('the heartbeat', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it.each([
    ['that answers', (id: number) => id, 0],
    ['that stops answering', (id: number) => Math.min(id, 3), 1],
    ['that never answers', () => 0, 1],
  ])('of a process %s', (_case, answer, silences) => {
    const onSilence = vi.fn<() => void>()
    const heart = startHeartbeat({ everyMs: 1_000, missedLimit: 3, ask: (id) => heart.heard(answer(id)), onSilence })
    vi.advanceTimersByTime(60_000)
    expect(onSilence).toHaveBeenCalledTimes(silences)
    heart.stop()
  })

  it('is silent itself when it was stopped', () => {
    const onSilence = vi.fn<() => void>()
    const ask = vi.fn<(id: number) => void>()
    startHeartbeat({ everyMs: 1_000, missedLimit: 1, ask, onSilence }).stop()
    vi.advanceTimersByTime(60_000)
    expect([ask, onSilence].map(({ mock }) => mock.calls.length)).toEqual([0, 0])
  })
})
