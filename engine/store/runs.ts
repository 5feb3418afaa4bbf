import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { newId } from '../base/ids.ts'
import { type FailureData, failureDataSchema } from '../contract/failure.ts'
import {
  type RowCounts,
  type RunEvent,
  type RunState,
  type RunSummary,
  rowCountsSchema,
  runEventSchema,
  runStateSchema,
} from '../contract/run.ts'
import type { StoreDatabase } from './database.ts'

export interface NewRun {
  readonly runId?: string
  readonly pipeline: string
  readonly job?: string
  readonly jobRunId?: string
  /** Folder of the workspace or deployment it runs in. */
  readonly workspace: string
  /** What was asked for, as JSON: parameters, environment, limits. Two runs with equal requests are the same work. */
  readonly request: string
}

export interface StoredRun extends RunSummary {
  readonly workspace: string
  readonly request: string
}

export interface RunStore {
  /** Records a run as queued; a run id that exists is left as it is. */
  create(run: NewRun): string
  get(runId: string): StoredRun | undefined
  /** Newest first. */
  list(filter: { readonly pipeline?: string; readonly state?: RunState; readonly limit: number }): StoredRun[]
  /** The newest run of the same work that was begun and not ended, whatever became of its process. */
  unfinished(run: Pick<NewRun, 'pipeline' | 'workspace' | 'request'>): StoredRun | undefined
  /** Runs that say `running`. */
  running(): StoredRun[]
  begin(runId: string, attempt: number): void
  end(
    runId: string,
    outcome: { readonly state: RunState; readonly counts?: RowCounts; readonly failure?: FailureData },
  ): void
  /** Appends with the next sequence number and the time. */
  addEvent(runId: string, event: Omit<RunEvent, 'runId' | 'sequence' | 'at'>): RunEvent
  events(runId: string, afterSequence: number, limit: number): RunEvent[]
}

const rowSchema = z.object({
  run_id: z.string(),
  pipeline: z.string(),
  job: z.string().nullable(),
  workspace: z.string(),
  request: z.string(),
  state: runStateSchema,
  attempt: z.number(),
  queued_at: z.number(),
  started_at: z.number().nullable(),
  finished_at: z.number().nullable(),
  counts: z.string().nullable(),
  failure: z.string().nullable(),
})

export function runStore(database: StoreDatabase, clock: Clock): RunStore {
  const insert = database.prepare(
    `INSERT INTO runs (run_id, pipeline, job, job_run_id, workspace, request, request_hash, state, attempt, queued_at)
     VALUES (@runId, @pipeline, @job, @jobRunId, @workspace, @request, @hash, 'queued', 0, @now) ON CONFLICT (run_id) DO NOTHING`,
  )
  const find = database.prepare('SELECT * FROM runs WHERE run_id = ?')
  const select = database.prepare(
    `SELECT * FROM runs WHERE (@pipeline IS NULL OR pipeline = @pipeline) AND (@state IS NULL OR state = @state)
     ORDER BY queued_at DESC, run_id DESC LIMIT @limit`,
  )
  const open = database.prepare(
    `SELECT * FROM runs WHERE pipeline = @pipeline AND workspace = @workspace AND request_hash = @hash AND job IS NULL
       AND state IN ('running', 'interrupted', 'queued') ORDER BY queued_at DESC LIMIT 1`,
  )
  const runningRows = database.prepare(`SELECT * FROM runs WHERE state = 'running'`)
  const start = database.prepare(
    `UPDATE runs SET state = 'running', attempt = @attempt, started_at = coalesce(started_at, @now), finished_at = NULL, failure = NULL
     WHERE run_id = @runId`,
  )
  const finish = database.prepare(
    'UPDATE runs SET state = @state, finished_at = @now, counts = @counts, failure = @failure WHERE run_id = @runId',
  )
  const nextSequence = database.prepare(
    'SELECT coalesce(max(sequence), 0) + 1 AS next FROM run_events WHERE run_id = ?',
  )
  const insertEvent = database.prepare('INSERT INTO run_events (run_id, sequence, event) VALUES (?, ?, ?)')
  const selectEvents = database.prepare(
    'SELECT event FROM run_events WHERE run_id = ? AND sequence > ? ORDER BY sequence LIMIT ?',
  )
  const addEvent = database.transaction(
    (runId: string, event: Omit<RunEvent, 'runId' | 'sequence' | 'at'>): RunEvent => {
      const { next } = z.object({ next: z.number() }).parse(nextSequence.get(runId))
      const full = { ...event, runId, sequence: next, at: new Date(clock.now()).toISOString() }
      insertEvent.run(runId, next, JSON.stringify(full))
      return full
    },
  )
  return {
    create: ({ runId = newId(clock.now()), pipeline, job, jobRunId, workspace, request }) => {
      insert.run({
        runId,
        pipeline,
        job: job ?? null,
        jobRunId: jobRunId ?? null,
        workspace,
        request,
        hash: hashOf(request),
        now: clock.now(),
      })
      return runId
    },
    get: (runId) => stored(find.get(runId)),
    list: ({ pipeline, state, limit }) => many(select.all({ pipeline: pipeline ?? null, state: state ?? null, limit })),
    unfinished: ({ pipeline, workspace, request }) => stored(open.get({ pipeline, workspace, hash: hashOf(request) })),
    running: () => many(runningRows.all()),
    begin: (runId, attempt) => void start.run({ runId, attempt, now: clock.now() }),
    end: (runId, { state, counts, failure }) =>
      void finish.run({ runId, state, now: clock.now(), counts: json(counts), failure: json(failure) }),
    addEvent: (runId, event) => addEvent.immediate(runId, event),
    events: (runId, afterSequence, limit) =>
      z
        .array(z.object({ event: z.string() }))
        .parse(selectEvents.all(runId, afterSequence, limit))
        .map(({ event }) => runEventSchema.parse(JSON.parse(event))),
  }
}

function many(rows: unknown[]): StoredRun[] {
  return rows.map(stored).filter((run) => run !== undefined)
}

function stored(row: unknown): StoredRun | undefined {
  if (row === undefined) return undefined
  const { run_id, job, queued_at, started_at, finished_at, counts, failure, ...rest } = rowSchema.parse(row)
  return {
    ...rest,
    runId: run_id,
    queuedAt: isoTime(queued_at),
    ...(job === null ? {} : { job }),
    ...(started_at === null ? {} : { startedAt: isoTime(started_at) }),
    ...(finished_at === null ? {} : { finishedAt: isoTime(finished_at) }),
    ...(counts === null ? {} : { counts: rowCountsSchema.parse(JSON.parse(counts)) }),
    ...(failure === null ? {} : { failure: failureDataSchema.parse(JSON.parse(failure)) }),
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
