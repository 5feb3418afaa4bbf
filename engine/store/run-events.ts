import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { type RunEvent, runEventSchema } from '../contract/run.ts'
import type { StoreDatabase } from './database.ts'

/** An event before it has its place in the sequence. */
export type NewRunEvent = Omit<RunEvent, 'runId' | 'sequence' | 'at'>

export interface RunEventStore {
  /** Appends with the next sequence number and the time. */
  add(runId: string, event: NewRunEvent): RunEvent
  after(runId: string, sequence: number, limit: number): RunEvent[]
}

export function runEventStore(database: StoreDatabase, clock: Clock): RunEventStore {
  const next = database.prepare('SELECT coalesce(max(sequence), 0) + 1 AS next FROM run_events WHERE run_id = ?')
  const insert = database.prepare('INSERT INTO run_events (run_id, sequence, event) VALUES (?, ?, ?)')
  const select = database.prepare(
    'SELECT event FROM run_events WHERE run_id = ? AND sequence > ? ORDER BY sequence LIMIT ?',
  )
  const add = database.transaction((runId: string, event: NewRunEvent): RunEvent => {
    const { next: sequence } = z.object({ next: z.number() }).parse(next.get(runId))
    const full = { ...event, runId, sequence, at: new Date(clock.now()).toISOString() }
    insert.run(runId, sequence, JSON.stringify(full))
    return full
  })
  return {
    add: (runId, event) => add.immediate(runId, event),
    after: (runId, sequence, limit) =>
      z
        .array(z.object({ event: z.string() }))
        .parse(select.all(runId, sequence, limit))
        .map(({ event }) => runEventSchema.parse(JSON.parse(event))),
  }
}
