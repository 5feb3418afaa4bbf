import { setTimeout as sleepFor } from 'node:timers/promises'
import type { SyncFile } from '../../contract/sync-file.ts'
import { wallClock } from './wall-clock.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** Holds the reading of a source back. All that reads from it shares one. */
export interface Throttle {
  /** Waits until what was taken is paid for at the rates allowed, and reading is allowed at all. */
  take(what: { readonly rows?: bigint; readonly bytes?: number }): Promise<void>
  /** The same bytes, at the rate allowed. */
  stream(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
}

export interface ThrottleTime {
  readonly now: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>
}

const REAL_TIME: ThrottleTime = { now: Date.now, sleep: (ms, signal) => sleepFor(ms, undefined, { signal }) }

/** @param zone of the windows where they name none */
export function openThrottle(
  { rowsPerSecond, megabytesPerSecond, windows, timeZone }: SyncFile['throttle'],
  zone: string,
  signal: AbortSignal,
  time: ThrottleTime = REAL_TIME,
): Throttle {
  let freeAtMs = 0
  const take: Throttle['take'] = async ({ rows = 0n, bytes = 0 }) => {
    const costMs = Math.max(
      rowsPerSecond === undefined ? 0 : (Number(rows) / rowsPerSecond) * 1_000,
      megabytesPerSecond === undefined ? 0 : (bytes / (megabytesPerSecond * 1_000_000)) * 1_000,
    )
    freeAtMs = Math.max(freeAtMs, time.now()) + costMs
    const waitMs = freeAtMs - time.now()
    if (waitMs > 0) await time.sleep(waitMs, signal)
    for (;;) {
      const closedMs = msUntilOpen(windows, timeZone ?? zone, time.now())
      if (closedMs === 0) return
      // Looked at again each minute: clocks are changed.
      await time.sleep(Math.min(closedMs, MINUTE_MS), signal)
    }
  }
  async function* stream(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      await take({ bytes: chunk.byteLength })
      yield chunk
    }
  }
  return { take, stream }
}

/** How long until one of the windows (`22:00-06:00`) opens; 0 inside of one, and where there are none. */
export function msUntilOpen(windows: readonly string[], timeZone: string, nowMs: number): number {
  if (windows.length === 0) return 0
  const clock = wallClock(nowMs, timeZone).slice(11)
  const minute = minuteOf(clock)
  const waits = windows.map((window) => {
    const [from = 0, to = 0] = window.split('-').map(minuteOf)
    const isInside = from <= to ? minute >= from && minute < to : minute >= from || minute < to
    return isInside ? 0 : (from - minute + DAY_MINUTES) % DAY_MINUTES
  })
  const minutes = Math.min(...waits)
  return minutes === 0 ? 0 : minutes * MINUTE_MS - Number(clock.slice(6)) * 1_000
}

/** Minutes since midnight of `22:00:17`. */
function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}
