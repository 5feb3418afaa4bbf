import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import type { StoreDatabase } from './database.ts'
import type { JobRun } from './job-runs.ts'

const stateSchema = z.enum(['open', 'done', 'failed', 'repeated'])

/** A file that a job took, or had taken before. */
export interface TakenFile {
  readonly job: string
  readonly name: string
  readonly sizeBytes: bigint
  /** Of its content. */
  readonly digest: string
  /** Of the file as it lay there. */
  readonly version: string
  /** `open` until its run ended and it was put away. `repeated`: the same file came again. */
  readonly state: z.infer<typeof stateSchema>
  readonly jobRunId?: string
  readonly movedTo?: string
}

type Parcel = Pick<TakenFile, 'job' | 'name' | 'sizeBytes' | 'digest' | 'version'>

export interface TakenFileStore {
  /** Whether this very file was looked at before, whatever came of it. */
  isKnown(file: Pick<TakenFile, 'job' | 'name' | 'version'>): boolean
  /**
   * Takes a file and queues its run, both or neither. A file that was taken before and did not fail is noted as `repeated`, and
   * nothing is queued.
   */
  take(file: Parcel, enqueue: () => JobRun | undefined): TakenFile
  /** What is not put away yet, oldest first. */
  open(job: string): TakenFile[]
  settle(file: TakenFile, state: 'done' | 'failed' | 'repeated', movedTo: string | undefined): void
  count(job: string): { readonly taken: number; readonly failed: number }
}

const rowSchema = z
  .object({
    job: z.string(),
    name: z.string(),
    digest: z.string(),
    size_bytes: z.number(),
    version: z.string(),
    state: stateSchema,
    job_run_id: z.string().nullable(),
    moved_to: z.string().nullable(),
  })
  .transform(
    ({ size_bytes, job_run_id, moved_to, ...row }): TakenFile => ({
      ...row,
      sizeBytes: BigInt(size_bytes),
      ...(job_run_id === null ? {} : { jobRunId: job_run_id }),
      ...(moved_to === null ? {} : { movedTo: moved_to }),
    }),
  )

export function takenFileStore(database: StoreDatabase, clock: Clock): TakenFileStore {
  const known = database.prepare('SELECT 1 FROM taken_files WHERE job = @job AND name = @name AND version = @version')
  const before = database.prepare(
    `SELECT 1 FROM taken_files WHERE job = @job AND name = @name AND digest = @digest AND size_bytes = @sizeBytes
       AND state IN ('open', 'done')`,
  )
  const insert = database.prepare(
    `INSERT INTO taken_files (job, name, digest, size_bytes, version, state, job_run_id, taken_at)
     VALUES (@job, @name, @digest, @sizeBytes, @version, @state, @jobRunId, @now)
     ON CONFLICT (job, name, digest, version) DO UPDATE SET state = excluded.state, job_run_id = excluded.job_run_id, taken_at = excluded.taken_at`,
  )
  const listOpen = database.prepare(
    `SELECT job, name, digest, size_bytes, version, state, job_run_id, moved_to FROM taken_files
     WHERE job = ? AND state = 'open' ORDER BY taken_at, name`,
  )
  const end = database.prepare(
    `UPDATE taken_files SET state = @state, moved_to = @movedTo
     WHERE job = @job AND name = @name AND digest = @digest AND version = @version`,
  )
  const counts = database.prepare(
    `SELECT count(*) FILTER (WHERE state = 'done') AS taken, count(*) FILTER (WHERE state = 'failed') AS failed FROM taken_files WHERE job = ?`,
  )
  const take = database.transaction((file: Parcel, enqueue: () => JobRun | undefined): TakenFile => {
    const run = before.get(file) === undefined ? enqueue() : undefined
    const taken: TakenFile =
      run === undefined ? { ...file, state: 'repeated' } : { ...file, state: 'open', jobRunId: run.id }
    insert.run({ jobRunId: null, ...taken, now: clock.now() })
    return taken
  })
  return {
    isKnown: (file) => known.get(file) !== undefined,
    take: (file, enqueue) => take.immediate(file, enqueue),
    open: (job) => listOpen.all(job).map((row) => rowSchema.parse(row)),
    settle: (file, state, movedTo) => void end.run({ ...file, state, movedTo: movedTo ?? null }),
    count: (job) => z.object({ taken: z.number(), failed: z.number() }).parse(counts.get(job)),
  }
}
