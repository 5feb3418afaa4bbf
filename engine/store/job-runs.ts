import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { newId } from '../base/ids.ts'
import { type FailureData, failureDataSchema } from '../contract/failure.ts'
import type { StoreDatabase } from './database.ts'

export const jobRunCauseSchema = z.enum(['schedule', 'manual', 'dependency', 'file'])
export const jobRunStateSchema = z.enum([
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
  'skipped',
])
export type JobRunState = z.infer<typeof jobRunStateSchema>

export interface NewJobRun {
  /** A new one when absent. */
  readonly id?: string
  readonly job: string
  readonly deploymentId: string
  readonly cause: z.infer<typeof jobRunCauseSchema>
  /** The scheduled time. One run at most for a job and a time. */
  readonly dueAt?: number
  readonly priority: number
  /** What a run without a deployment works off, or the file that a run is for, as JSON. */
  readonly request?: string
}

export interface JobRun extends NewJobRun {
  readonly id: string
  readonly state: JobRunState
  readonly queuedAt: number
  readonly startedAt?: number
  readonly finishedAt?: number
  readonly failure?: FailureData
}

export interface JobRunStore {
  /** Queues a run; undefined when this job's run for this time exists already. */
  enqueue(run: NewJobRun): JobRun | undefined
  get(id: string): JobRun | undefined
  /** In the order they should start: priority, then age. */
  waiting(): JobRun[]
  running(): JobRun[]
  /** Newest first. */
  list(job: string | undefined, limit: number): JobRun[]
  begin(id: string): void
  end(id: string, state: JobRunState, failure?: FailureData): void
  /** How far the schedule of a job has been worked off. */
  checkedUntil(job: string): number | undefined
  setCheckedUntil(job: string, ms: number): void
}

const rowSchema = z
  .object({
    id: z.string(),
    job: z.string(),
    deployment_id: z.string(),
    cause: jobRunCauseSchema,
    due_at: z.number().nullable(),
    priority: z.number(),
    state: jobRunStateSchema,
    queued_at: z.number(),
    started_at: z.number().nullable(),
    finished_at: z.number().nullable(),
    failure: z.string().nullable(),
    request: z.string().nullable(),
  })
  .transform(
    (row): JobRun => ({
      id: row.id,
      job: row.job,
      deploymentId: row.deployment_id,
      cause: row.cause,
      priority: row.priority,
      state: row.state,
      queuedAt: row.queued_at,
      ...(row.request === null ? {} : { request: row.request }),
      ...(row.due_at === null ? {} : { dueAt: row.due_at }),
      ...(row.started_at === null ? {} : { startedAt: row.started_at }),
      ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
      ...(row.failure === null ? {} : { failure: failureDataSchema.parse(JSON.parse(row.failure)) }),
    }),
  )

export function jobRunStore(database: StoreDatabase, clock: Clock): JobRunStore {
  const insert = database.prepare(
    `INSERT INTO job_runs (id, job, deployment_id, cause, due_at, priority, request, state, queued_at)
     VALUES (@id, @job, @deploymentId, @cause, @dueAt, @priority, @request, 'queued', @now) ON CONFLICT (job, due_at) DO NOTHING`,
  )
  const find = database.prepare('SELECT * FROM job_runs WHERE id = ?')
  const byState = database.prepare('SELECT * FROM job_runs WHERE state = ? ORDER BY priority DESC, queued_at, id')
  const select = database.prepare(
    'SELECT * FROM job_runs WHERE (@job IS NULL OR job = @job) ORDER BY queued_at DESC, id DESC LIMIT @limit',
  )
  const start = database.prepare(
    `UPDATE job_runs SET state = 'running', started_at = coalesce(started_at, ?), finished_at = NULL, failure = NULL WHERE id = ?`,
  )
  const finish = database.prepare(
    'UPDATE job_runs SET state = @state, finished_at = @now, failure = @failure WHERE id = @id',
  )
  const checked = database.prepare('SELECT checked_until FROM schedules WHERE job = ?')
  const setChecked = database.prepare(
    'INSERT INTO schedules (job, checked_until) VALUES (?, ?) ON CONFLICT (job) DO UPDATE SET checked_until = excluded.checked_until',
  )
  const get = (id: string): JobRun | undefined => {
    const row = find.get(id)
    return row === undefined ? undefined : rowSchema.parse(row)
  }
  return {
    enqueue: (run) => {
      const id = run.id ?? newId(clock.now())
      const { changes } = insert.run({ dueAt: null, request: null, ...run, id, now: clock.now() })
      return changes === 0 ? undefined : get(id)
    },
    get,
    waiting: () => byState.all('queued').map((row) => rowSchema.parse(row)),
    running: () => byState.all('running').map((row) => rowSchema.parse(row)),
    list: (job, limit) => select.all({ job: job ?? null, limit }).map((row) => rowSchema.parse(row)),
    begin: (id) => void start.run(clock.now(), id),
    end: (id, state, failure) =>
      void finish.run({ id, state, now: clock.now(), failure: failure === undefined ? null : JSON.stringify(failure) }),
    checkedUntil: (job) => {
      const row = checked.get(job)
      return row === undefined ? undefined : z.object({ checked_until: z.number() }).parse(row).checked_until
    },
    setCheckedUntil: (job, ms) => void setChecked.run(job, ms),
  }
}
