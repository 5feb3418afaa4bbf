import type { RowCounts } from '../../../engine/contract/run.ts'
import type { ChartSeries, ChartSpec } from '../chart/chart-spec.ts'

/** One run as a bar. */
export interface HistoryPoint {
  readonly id: string
  readonly label: string
  readonly state: string
  /** Undefined while it has not ended. */
  readonly durationMs: number | undefined
  readonly counts: RowCounts | undefined
}

interface Words {
  readonly run: string
  readonly states: Readonly<Record<'succeeded' | 'failed' | 'other', string>>
  readonly written: string
  readonly rejected: string
  readonly duration: (ms: number) => string
  readonly number: (count: number) => string
}

type Group = keyof Words['states']

const COLOURS = { succeeded: 'ok', failed: 'error', other: 'border-strong' } as const

/** How long each run took, oldest first; how it ended is its colour. Groups without a run are left out. */
export function durationSpec(points: readonly HistoryPoint[], words: Words): ChartSpec {
  const groups: readonly Group[] = ['succeeded', 'failed', 'other']
  const series = groups.map(
    (group): ChartSeries => ({
      name: words.states[group],
      colour: COLOURS[group],
      values: points.map(({ state, durationMs }) => (groupOf(state) === group ? (durationMs ?? null) : null)),
    }),
  )
  const [first] = series
  const filled = series.filter(({ values }) => values.some((value) => value !== null))
  return {
    kind: 'bar',
    labelName: words.run,
    labels: points.map(({ label }) => label),
    // A chart has one series at least, also while the first run goes on.
    series: filled.length > 0 || first === undefined ? filled : [first],
    format: words.duration,
  }
}

/** What each run wrote and refused. */
export function rowSpec(points: readonly HistoryPoint[], words: Words): ChartSpec {
  const rows = (name: 'written' | 'rejected'): (number | null)[] =>
    points.map(({ counts }) => (counts === undefined ? null : Number(counts[name])))
  return {
    kind: 'bar',
    labelName: words.run,
    labels: points.map(({ label }) => label),
    series: [
      { name: words.written, colour: 'accent', values: rows('written') },
      { name: words.rejected, colour: 'error', values: rows('rejected') },
    ],
    format: words.number,
  }
}

function groupOf(state: string): Group {
  return state === 'succeeded' || state === 'failed' ? state : 'other'
}

/** Of the steps of a job's run together; undefined while none has told its counts. */
export function sumOfCounts(all: readonly (RowCounts | undefined)[]): RowCounts | undefined {
  const told = all.filter((counts) => counts !== undefined)
  if (told.length === 0) return undefined
  const sum = (name: keyof RowCounts): string =>
    String(told.reduce((total, counts) => total + BigInt(counts[name]), 0n))
  return {
    read: sum('read'),
    generated: sum('generated'),
    written: sum('written'),
    rejected: sum('rejected'),
    filtered: sum('filtered'),
  }
}

/** How long something took that may not have begun or ended. */
export function tookMs({
  startedAt,
  finishedAt,
}: {
  readonly startedAt?: string | undefined
  readonly finishedAt?: string | undefined
}): number | undefined {
  return startedAt === undefined || finishedAt === undefined
    ? undefined
    : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt))
}
