import { describe, expect, it } from 'vitest'
import { syncFileSchema } from '../../contract/sync-file.ts'
import { msUntilOpen, openThrottle, type Throttle } from './throttle.ts'

const MINUTE = 60_000
const at = (text: string): number => Date.parse(text)

describe('windows', () => {
  it.each([
    ['no window', [], 'UTC', '2026-01-01T12:00:00Z', 0],
    ['inside', ['11:00-13:00'], 'UTC', '2026-01-01T12:00:00Z', 0],
    ['its end is outside', ['11:00-12:00'], 'UTC', '2026-01-01T12:00:00Z', 23 * 60 * MINUTE],
    ['over midnight, before', ['22:00-06:00'], 'UTC', '2026-01-01T23:59:59Z', 0],
    ['over midnight, after', ['22:00-06:00'], 'UTC', '2026-01-01T05:59:59Z', 0],
    ['over midnight, outside', ['22:00-06:00'], 'UTC', '2026-01-01T21:58:30Z', 90_000],
    ['in another zone', ['22:00-06:00'], 'Asia/Shanghai', '2026-01-01T14:00:00Z', 0],
    ['the next of several', ['02:00-03:00', '13:00-14:00'], 'UTC', '2026-01-01T12:30:00Z', 30 * MINUTE],
  ])('%s', (_case, windows, zone, now, expected) => {
    expect(msUntilOpen(windows, zone, at(now))).toBe(expected)
  })
})

function throttled(settings: object, start = '2026-01-01T12:00:00Z'): { throttle: Throttle; passedMs: () => number } {
  let now = at(start)
  const time = {
    now: () => now,
    sleep: (ms: number) => {
      now += ms
      return Promise.resolve()
    },
  }
  const { throttle } = syncFileSchema.parse({ version: 1, source: 'a', target: 'b', throttle: settings })
  return {
    throttle: openThrottle(throttle, 'UTC', new AbortController().signal, time),
    passedMs: () => now - at(start),
  }
}

describe('rates', () => {
  it.each([
    [{}, 0],
    [{ rowsPerSecond: 1_000 }, 4_000],
    [{ megabytesPerSecond: 2 }, 3_000],
    [{ rowsPerSecond: 1_000, megabytesPerSecond: 2 }, 4_000],
    [{ windows: ['13:00-14:00'] }, 60 * MINUTE],
  ])('%o hold four thousand rows of six megabytes back for %i ms', async (settings, expected) => {
    const { throttle, passedMs } = throttled(settings)
    await throttle.take({ rows: 1_000n, bytes: 1_500_000 })
    await Promise.all([1, 2, 3].map(() => throttle.take({ rows: 1_000n, bytes: 1_500_000 })))
    expect(passedMs()).toBe(expected)
  })
})
