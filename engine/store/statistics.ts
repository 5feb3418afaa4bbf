import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import type { StoreDatabase } from './database.ts'

export interface Statistics {
  readonly runs: Readonly<Record<string, number>>
  readonly rows: {
    readonly read: number
    readonly written: number
    readonly rejected: number
    readonly filtered: number
  }
  readonly pipelines: readonly { readonly pipeline: string; readonly lastSeconds: number }[]
  readonly waiting: number
  readonly oldestWaitingSeconds: number
}

export interface StatisticsStore {
  collect(): Statistics
}

const OUTCOMES = ['read', 'written', 'rejected', 'filtered'] as const

const stateRows = z.array(z.object({ state: z.string(), n: z.number() }))
const sumRow = z.object({ read: z.number(), written: z.number(), rejected: z.number(), filtered: z.number() })
const pipelineRows = z.array(z.object({ pipeline: z.string(), ms: z.number() }))
const waitingRow = z.object({ n: z.number(), oldest: z.number().nullable() })

/** Figures over all runs for a metrics scrape; SQLite adds them up. */
export function statisticsStore(database: StoreDatabase, clock: Clock): StatisticsStore {
  const states = database.prepare('SELECT state, count(*) AS n FROM runs GROUP BY state')
  const rows = database.prepare(`SELECT ${OUTCOMES.map(sumOf).join(', ')} FROM runs WHERE state = 'succeeded'`)
  const pipelines = database.prepare(
    `SELECT pipeline, finished_at - started_at AS ms, max(finished_at) FROM runs WHERE state = 'succeeded' GROUP BY pipeline`,
  )
  const waiting = database.prepare(
    `SELECT count(*) AS n, min(queued_at) AS oldest FROM job_runs WHERE state = 'queued'`,
  )
  return {
    collect: () => {
      const { n, oldest } = waitingRow.parse(waiting.get())
      return {
        runs: Object.fromEntries(stateRows.parse(states.all()).map((row) => [row.state, row.n])),
        rows: sumRow.parse(rows.get()),
        pipelines: pipelineRows
          .parse(pipelines.all())
          .map(({ pipeline, ms }) => ({ pipeline, lastSeconds: ms / 1_000 })),
        waiting: n,
        oldestWaitingSeconds: oldest === null ? 0 : Math.max(0, (clock.now() - oldest) / 1_000),
      }
    },
  }
}

function sumOf(field: (typeof OUTCOMES)[number]): string {
  return `coalesce(sum(CAST(counts ->> '${field}' AS INTEGER)), 0) AS ${field}`
}
