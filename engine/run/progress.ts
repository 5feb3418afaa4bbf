import { type Clock, systemClock } from '../base/clock.ts'
import type { ReadProgress } from '../connectors/api/reading.ts'
import type { NodeCounts } from '../contract/run.ts'
import type { RunPorts } from './ports.ts'

const EVERY_MS = 250

/** Tells the outside what a run is doing: every step, and its progress at most four times a second. */
export interface ProgressReporter {
  /** Announces a step and measures it. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>
  /** Where the reading of a source stands. */
  reading(source: string, progress: ReadProgress): void
  /** Rows of every node so far; asked for when it is time to tell them. */
  counted(nodes: () => readonly NodeCounts[], isLast?: boolean): void
  warn(step: string, message: string): void
  /** Milliseconds by step. A step that came several times has their sum. */
  durationsMs(): Record<string, number>
}

export function reportProgress(ports: Pick<RunPorts, 'emit'>, clock: Clock = systemClock): ProgressReporter {
  const durations = new Map<string, number>()
  const startedAt = clock.now()
  const sources = new Map<string, ReadProgress>()
  let lastAt = Number.NEGATIVE_INFINITY
  let countedAt = Number.NEGATIVE_INFINITY
  return {
    step: async (name, work) => {
      const began = clock.now()
      ports.emit({ kind: 'step', step: name })
      try {
        return await work()
      } finally {
        durations.set(name, (durations.get(name) ?? 0) + clock.now() - began)
      }
    },
    reading: (source, progress) => {
      sources.set(source, progress)
      const now = clock.now()
      if (now - lastAt < EVERY_MS) return
      lastAt = now
      ports.emit({ kind: 'progress', step: source, ...readingFields([...sources.values()], now - startedAt) })
    },
    counted: (nodes, isLast = false) => {
      const now = clock.now()
      if (!isLast && now - countedAt < EVERY_MS) return
      countedAt = now
      ports.emit({ kind: 'counts', nodes: [...nodes()] })
    },
    warn: (step, message) => ports.emit({ kind: 'warning', step, message }),
    durationsMs: () => Object.fromEntries(durations),
  }
}

function readingFields(sources: readonly ReadProgress[], elapsedMs: number): Record<string, string | number> {
  const rows = sources.reduce((sum, progress) => sum + progress.rows, 0n)
  const bytes = sources.reduce((sum, progress) => sum + progress.bytes, 0n)
  const fractions = sources.map(({ fraction }) => fraction)
  const known = fractions.filter((fraction) => fraction !== undefined)
  const fraction =
    known.length === fractions.length && known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : undefined
  return {
    rows: String(rows),
    bytes: String(bytes),
    ...(elapsedMs > 0 ? { rowsPerSecond: Math.round((Number(rows) * 1_000) / elapsedMs) } : {}),
    ...(fraction === undefined ? {} : { fraction }),
    ...(fraction === undefined || fraction <= 0
      ? {}
      : { remainingMs: Math.round((elapsedMs * (1 - fraction)) / fraction) }),
  }
}
