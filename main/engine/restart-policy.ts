/** How an engine that ended is started again. */
export interface RestartHistory {
  /** When engines ended that had not served long, in milliseconds. */
  readonly failures: readonly number[]
}

export const NO_FAILURES: RestartHistory = { failures: [] }

const WINDOW_MS = 60_000
const FIRST_DELAY_MS = 100
const LONGEST_DELAY_MS = 5_000

/**
 * What follows when an engine ended at `nowMs`: the wait before the next start, doubled for each end within the last minute, 5 s at
 * most. It never gives up: an engine that fails for want of memory or of disk comes back with them.
 */
export function afterExit({ failures }: RestartHistory, nowMs: number): { history: RestartHistory; delayMs: number } {
  const recent = [...failures.filter((at) => nowMs - at < WINDOW_MS), nowMs]
  return {
    history: { failures: recent },
    delayMs: Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (recent.length - 1)),
  }
}

/** Whether the ends come so close that the person should be told more than "it restarts". */
export function keepsFailing({ failures }: RestartHistory): boolean {
  return failures.length >= 5
}
