import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { newId } from '../base/ids.ts'
import { type FailureData, failureDataSchema } from '../contract/failure.ts'
import { type RowCounts, type RunState, type RunSummary, rowCountsSchema, runStateSchema } from '../contract/run.ts'
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
  readonly cancelRequested: boolean
}

export interface RunFilter {
  readonly pipeline?: string
  readonly state?: RunState
  /** Queued at this time or later, in milliseconds since the epoch. */
  readonly sinceMs?: number
  readonly limit: number
}

export interface RunStore {
  /** Records a run as queued; a run id that exists is left as it is. */
  create(run: NewRun): string
  get(runId: string): StoredRun | undefined
  /** Newest first. */
  list(filter: RunFilter): StoredRun[]
  /** The newest run by hand of the same work, whatever became of it. */
  latest(run: Pick<NewRun, 'pipeline' | 'workspace' | 'request'>): StoredRun | undefined
  begin(runId: string, attempt: number): void
  requestCancel(runId: string): void
  end(
    runId: string,
    outcome: { readonly state: RunState; readonly counts?: RowCounts; readonly failure?: FailureData },
  ): void
}

const STATEMENTS = {
  insert: `INSERT INTO runs (run_id, pipeline, job, job_run_id, workspace, request, request_hash, state, attempt, queued_at)
    VALUES (@runId, @pipeline, @job, @jobRunId, @workspace, @request, @hash, 'queued', 0, @now) ON CONFLICT (run_id) DO NOTHING`,
  find: 'SELECT * FROM runs WHERE run_id = ?',
  select: `SELECT * FROM runs WHERE (@pipeline IS NULL OR pipeline = @pipeline) AND (@state IS NULL OR state = @state)
      AND queued_at >= @sinceMs
    ORDER BY queued_at DESC, run_id DESC LIMIT @limit`,
  latest: `SELECT * FROM runs WHERE pipeline = @pipeline AND workspace = @workspace AND request_hash = @hash AND job IS NULL
    ORDER BY queued_at DESC, run_id DESC LIMIT 1`,
  begin: `UPDATE runs SET state = 'running', attempt = @attempt, started_at = coalesce(started_at, @now), finished_at = NULL,
    failure = NULL, cancel_requested = 0 WHERE run_id = @runId`,
  cancel: 'UPDATE runs SET cancel_requested = 1 WHERE run_id = ?',
  end: 'UPDATE runs SET state = @state, finished_at = @now, counts = @counts, failure = @failure WHERE run_id = @runId',
} as const

export function runStore(database: StoreDatabase, clock: Clock): RunStore {
  const insert = database.prepare(STATEMENTS.insert)
  const find = database.prepare(STATEMENTS.find)
  const select = database.prepare(STATEMENTS.select)
  const latest = database.prepare(STATEMENTS.latest)
  const begin = database.prepare(STATEMENTS.begin)
  const cancel = database.prepare(STATEMENTS.cancel)
  const end = database.prepare(STATEMENTS.end)
  return {
    create: ({ runId = newId(clock.now()), job, jobRunId, ...run }) => {
      const now = clock.now()
      insert.run({ ...run, runId, job: job ?? null, jobRunId: jobRunId ?? null, hash: hashOf(run.request), now })
      return runId
    },
    get: (runId) => find.all(runId).map(stored)[0],
    list: ({ pipeline, state, sinceMs = 0, limit }) =>
      select.all({ pipeline: pipeline ?? null, state: state ?? null, sinceMs, limit }).map(stored),
    latest: ({ pipeline, workspace, request }) =>
      latest.all({ pipeline, workspace, hash: hashOf(request) }).map(stored)[0],
    begin: (runId, attempt) => void begin.run({ runId, attempt, now: clock.now() }),
    requestCancel: (runId) => void cancel.run(runId),
    end: (runId, { state, counts, failure }) =>
      void end.run({ runId, state, now: clock.now(), counts: json(counts), failure: json(failure) }),
  }
}

/** What is told of a run outside of the engine. */
export function runSummary({
  request,
  workspace: _workspace,
  cancelRequested: _cancel,
  ...rest
}: StoredRun): RunSummary {
  const { parameters, environment, check } = askedSchema.safeParse(JSON.parse(request)).data ?? {}
  return {
    ...rest,
    ...(parameters === undefined || Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(check === undefined ? {} : { check }),
    ...(environment === undefined || environment === null ? {} : { environment }),
  }
}

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** Of a run by hand its parameters are pairs in the order of their names; of a step of a job they are as the job has them. */
const askedSchema = z.object({
  parameters: z
    .union([
      z.record(z.string(), valueSchema),
      z.array(z.tuple([z.string(), valueSchema])).transform((pairs) => Object.fromEntries(pairs)),
    ])
    .optional(),
  environment: z.string().nullable().optional(),
  check: z.string().optional(),
})

const rowSchema = z.object({
  run_id: z.string(),
  pipeline: z.string(),
  job: z.string().nullable(),
  job_run_id: z.string().nullable(),
  workspace: z.string(),
  request: z.string(),
  state: runStateSchema,
  cancel_requested: z.number(),
  attempt: z.number(),
  queued_at: z.number(),
  started_at: z.number().nullable(),
  finished_at: z.number().nullable(),
  counts: z.string().nullable(),
  failure: z.string().nullable(),
})

function stored(row: unknown): StoredRun {
  const { run_id, job, job_run_id, queued_at, started_at, finished_at, counts, failure, cancel_requested, ...rest } =
    rowSchema.parse(row)
  return {
    ...rest,
    runId: run_id,
    cancelRequested: cancel_requested === 1,
    queuedAt: isoTime(queued_at),
    ...(job === null ? {} : { job }),
    ...(job_run_id === null ? {} : { jobRunId: job_run_id }),
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
