import type { RunEvent, RunState } from '../../../engine/contract/run.ts'

export interface StepProgress {
  readonly step: string
  readonly rows: string | undefined
  readonly rowsPerSecond: number | undefined
  /** 0 to 1, where the total is known. */
  readonly fraction: number | undefined
}

export interface LogLine {
  readonly sequence: number
  readonly at: string
  readonly level: 'info' | 'warning' | 'error'
  readonly step: string | undefined
  readonly message: string
}

/** Rows per second of the whole run at a moment, for the rate chart. */
export interface Rate {
  readonly at: number
  readonly rowsPerSecond: number
}

/** What the events of a run say so far. */
export interface Progress {
  readonly state: RunState | undefined
  readonly steps: readonly StepProgress[]
  readonly log: readonly LogLine[]
  readonly rates: readonly Rate[]
  readonly remainingMs: number | undefined
}

export const NO_PROGRESS: Progress = { state: undefined, steps: [], log: [], rates: [], remainingMs: undefined }

const MOST_LINES = 5_000
const MOST_RATES = 300

/** Pure: the progress after one more event. Events may come again after a lost connection; they change nothing then. */
export function afterEvent(progress: Progress, event: RunEvent): Progress {
  const next = event.state === undefined ? progress : { ...progress, state: event.state }
  switch (event.kind) {
    case 'progress':
      return withStep(next, event)
    case 'step':
    case 'state':
    case 'log':
      return withLine(withStep(next, event), event, event.failure === undefined ? 'info' : 'error')
    case 'reject':
    case 'warning':
      return withLine(next, event, 'warning')
    // Of each node: the canvas shows them.
    case 'counts':
      return next
    default:
      return event.kind satisfies never
  }
}

function withStep(progress: Progress, { step, rows, rowsPerSecond, fraction, remainingMs, at }: RunEvent): Progress {
  const rates =
    rowsPerSecond === undefined
      ? progress.rates
      : [...progress.rates.slice(-MOST_RATES + 1), { at: Date.parse(at), rowsPerSecond }]
  const timed = { ...progress, rates, ...(remainingMs === undefined ? {} : { remainingMs }) }
  if (step === undefined) return timed
  const before = progress.steps.find((one) => one.step === step)
  const now: StepProgress = {
    step,
    rows: rows ?? before?.rows,
    rowsPerSecond: rowsPerSecond ?? before?.rowsPerSecond,
    fraction: fraction ?? before?.fraction,
  }
  const steps =
    before === undefined ? [...progress.steps, now] : progress.steps.map((one) => (one === before ? now : one))
  return { ...timed, steps }
}

function withLine(progress: Progress, event: RunEvent, level: LogLine['level']): Progress {
  const { sequence, at, step, message, state, failure } = event
  const text = message ?? failure?.code ?? state
  if (text === undefined || progress.log.some((line) => line.sequence === sequence)) return progress
  return { ...progress, log: [...progress.log.slice(-MOST_LINES + 1), { sequence, at, level, step, message: text }] }
}
