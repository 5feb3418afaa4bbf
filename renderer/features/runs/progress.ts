import type { RunEvent } from '../../../engine/contract/run.ts'

/** A part of the run's work, in the order in which they began. */
export interface StepTime {
  /** As the engine names it: `open`, `load orders`. */
  readonly step: string
  readonly startedAt: number
}

/** How far the reading of a source is. */
export interface SourceProgress {
  readonly source: string
  /** 0 to 1, where the total is known. */
  readonly fraction: number | undefined
}

/** Rows of all sources at a moment. */
export interface RowsAt {
  readonly at: number
  readonly rows: number
}

/** What the events of a run say so far of its last attempt. */
export interface Progress {
  readonly lastSequence: number
  readonly steps: readonly StepTime[]
  readonly sources: readonly SourceProgress[]
  /** Ascending in time; of a long run fewer, evenly. */
  readonly rows: readonly RowsAt[]
  readonly remainingMs: number | undefined
  readonly endedAt: number | undefined
}

export const NO_PROGRESS: Progress = {
  lastSequence: 0,
  steps: [],
  sources: [],
  rows: [],
  remainingMs: undefined,
  endedAt: undefined,
}

/** The kinds of events that it is folded from. */
export const PROGRESS_KINDS: readonly RunEvent['kind'][] = ['step', 'progress', 'state']

const FIRST_STEP = 'open'
const MOST_POINTS = 240

/** Pure: the progress after one more event. Events may come again after a lost connection; they change nothing then. */
export function afterEvent(progress: Progress, event: RunEvent): Progress {
  if (event.sequence <= progress.lastSequence) return progress
  const next = { ...progress, lastSequence: event.sequence }
  switch (event.kind) {
    case 'step':
      return afterStep(next, event)
    case 'progress':
      return afterReading(next, event)
    case 'state':
      return event.state === 'running' ? next : { ...next, endedAt: Date.parse(event.at), remainingMs: undefined }
    // Of each node: the canvas shows them.
    case 'counts':
    case 'reject':
    case 'warning':
    case 'log':
      return next
    default:
      return event.kind satisfies never
  }
}

/** An attempt begins with its first step: what one before it did is over. */
function afterStep(progress: Progress, { step, at }: RunEvent): Progress {
  if (step === undefined) return progress
  const { lastSequence } = progress
  const before = step === FIRST_STEP ? { ...NO_PROGRESS, lastSequence } : progress
  return { ...before, steps: [...before.steps, { step, startedAt: Date.parse(at) }] }
}

function afterReading(progress: Progress, { step, rows, fraction, remainingMs, at }: RunEvent): Progress {
  const others = progress.sources.filter(({ source }) => source !== step)
  return {
    ...progress,
    remainingMs,
    sources:
      step === undefined
        ? progress.sources
        : [...others, { source: step, fraction }].toSorted((a, b) => (a.source < b.source ? -1 : 1)),
    rows: rows === undefined ? progress.rows : thinned([...progress.rows, { at: Date.parse(at), rows: Number(rows) }]),
  }
}

/** Every second point of too many, and the last. */
function thinned(points: readonly RowsAt[]): readonly RowsAt[] {
  if (points.length <= MOST_POINTS) return points
  return points.filter((_, index) => index % 2 === 0 || index === points.length - 1)
}

export interface Rate {
  /** Since the first step began. */
  readonly afterMs: number
  readonly rowsPerSecond: number
}

/** Rows per second between one point and the next. */
export function ratesOf({ steps, rows }: Progress): Rate[] {
  const startedAt = steps[0]?.startedAt ?? rows[0]?.at ?? 0
  const points = [{ at: startedAt, rows: 0 }, ...rows]
  return points.slice(1).flatMap((point, index) => {
    const before = points[index]
    const tookMs = point.at - (before?.at ?? point.at)
    if (before === undefined || tookMs <= 0) return []
    const rowsPerSecond = Math.max(0, ((point.rows - before.rows) * 1_000) / tookMs)
    return [{ afterMs: point.at - startedAt, rowsPerSecond }]
  })
}

export interface StepLine {
  readonly step: string
  /** Until the next step began, or the run ended; undefined of the one under way. */
  readonly tookMs: number | undefined
}

export function stepLines({ steps, endedAt }: Progress): StepLine[] {
  return steps.map(({ step, startedAt }, index) => {
    const until = steps[index + 1]?.startedAt ?? endedAt
    return { step, tookMs: until === undefined ? undefined : Math.max(0, until - startedAt) }
  })
}

/** `load orders` is the phase `load` of `orders`. */
export function phaseOf(step: string): { readonly phase: string; readonly subject: string | undefined } {
  const [phase = step, ...subject] = step.split(' ')
  return { phase, subject: subject.length === 0 ? undefined : subject.join(' ') }
}

/** Targets whose commit began. */
export function committedTargets({ steps }: Progress): string[] {
  return steps.flatMap(({ step }) => {
    const { phase, subject } = phaseOf(step)
    return phase === 'commit' && subject !== undefined ? [subject] : []
  })
}
