import { describe, expect, it } from 'vitest'
import { afterExit, keepsFailing, NO_FAILURES, type RestartHistory } from './restart-policy.ts'

describe('restarting the engine', () => {
  it.each([
    ['one end', [0], 100, false],
    ['three ends at once', [0, 10, 20], 400, false],
    ['five ends at once', [0, 10, 20, 30, 40], 1_600, true],
    ['ten ends at once', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 5_000, true],
    ['ends a minute apart', [0, 60_000, 120_000], 100, false],
    ['an old end among new ones', [0, 59_000, 61_000], 200, false],
  ])('after %s', (_case, ends, delayMs, failing) => {
    let last: { history: RestartHistory; delayMs: number } = { history: NO_FAILURES, delayMs: 0 }
    for (const end of ends) last = afterExit(last.history, end)
    expect(last.delayMs).toBe(delayMs)
    expect(keepsFailing(last.history)).toBe(failing)
  })
})
