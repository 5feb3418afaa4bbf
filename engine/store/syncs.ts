import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import {
  type Resync,
  resyncSchema,
  type SyncAct,
  type SyncLogEntry,
  type SyncStatus,
  syncActSchema,
  syncStatusSchema,
} from '../contract/sync.ts'
import type { StoreDatabase } from './database.ts'

/** Where the files of a sync are, and which values apply. */
const workSchema = z.object({
  /** Absolute; of a workspace or a deployment. */
  directory: z.string(),
  environment: z.string().optional(),
})
export type SyncWork = z.infer<typeof workSchema>

/** A sync that was started at least once, and whether somebody wants it to run. */
export interface StoredSync {
  readonly sync: string
  readonly wanted: 'running' | 'stopped'
  readonly work: SyncWork
  /** Asked for, and not yet begun. */
  readonly resync?: Resync
  /** As it was told last; whoever told it may be dead. */
  readonly status?: SyncStatus
}

export interface SyncStore {
  get(sync: string): StoredSync | undefined
  /** By name. */
  list(): StoredSync[]
  /** Wants it to run. A resync that was asked for before and not begun is kept unless another is given. */
  start(sync: string, work: SyncWork, resync?: Resync): void
  stop(sync: string): void
  /** The resync that was asked for has begun. */
  resyncBegun(sync: string): void
  tell(sync: string, status: SyncStatus): void
  /** With its log. */
  remove(sync: string): void
  note(sync: string, act: SyncAct): void
  /** Newest first, older than `before`. */
  log(sync: string, page: { readonly limit: number; readonly before?: number | undefined }): SyncLogEntry[]
}

const MOST_ENTRIES = 2_000

const rowSchema = z
  .object({
    sync: z.string(),
    wanted: z.enum(['running', 'stopped']),
    work: z.string(),
    resync: z.string().nullable(),
    status: z.string().nullable(),
  })
  .transform(
    ({ work, resync, status, ...row }): StoredSync => ({
      ...row,
      work: workSchema.parse(JSON.parse(work)),
      ...(resync === null ? {} : { resync: resyncSchema.parse(JSON.parse(resync)) }),
      ...(status === null ? {} : { status: syncStatusSchema.parse(JSON.parse(status)) }),
    }),
  )

const entrySchema = z.object({ sequence: z.number(), at: z.number(), entry: z.string() }).transform(
  ({ sequence, at, entry }): SyncLogEntry => ({
    ...syncActSchema.parse(JSON.parse(entry)),
    sequence,
    at: new Date(at).toISOString(),
  }),
)

export function syncStore(database: StoreDatabase, clock: Clock): SyncStore {
  const columns = 'sync, wanted, work, resync, status'
  const select = database.prepare(`SELECT ${columns} FROM syncs WHERE sync = ?`)
  const all = database.prepare(`SELECT ${columns} FROM syncs ORDER BY sync`)
  const want = database.prepare(
    `INSERT INTO syncs (sync, wanted, work, resync, changed_at) VALUES (@sync, 'running', @work, @resync, @now)
     ON CONFLICT (sync) DO UPDATE SET wanted = 'running', work = excluded.work,
       resync = coalesce(excluded.resync, resync), changed_at = excluded.changed_at`,
  )
  const unwant = database.prepare(`UPDATE syncs SET wanted = 'stopped', changed_at = @now WHERE sync = @sync`)
  const begun = database.prepare('UPDATE syncs SET resync = NULL WHERE sync = ?')
  const setStatus = database.prepare('UPDATE syncs SET status = @status WHERE sync = @sync')
  return {
    get: (sync) => {
      const row = select.get(sync)
      return row === undefined ? undefined : rowSchema.parse(row)
    },
    list: () => all.all().map((row) => rowSchema.parse(row)),
    start: (sync, work, resync) =>
      void want.run({
        sync,
        work: JSON.stringify(work),
        resync: resync === undefined ? null : JSON.stringify(resync),
        now: clock.now(),
      }),
    stop: (sync) => void unwant.run({ sync, now: clock.now() }),
    resyncBegun: (sync) => void begun.run(sync),
    tell: (sync, status) => void setStatus.run({ sync, status: JSON.stringify(status) }),
    remove: removal(database),
    ...syncLog(database, clock),
  }
}

function removal(database: StoreDatabase): SyncStore['remove'] {
  const statements = ['syncs', 'sync_log', 'sync_tables'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE sync = ?`),
  )
  const remove = database.transaction((sync: string) => {
    for (const statement of statements) statement.run(sync)
  })
  return (sync) => remove.immediate(sync)
}

function syncLog(database: StoreDatabase, clock: Clock): Pick<SyncStore, 'note' | 'log'> {
  const insert = database.prepare('INSERT INTO sync_log (sync, at, entry) VALUES (@sync, @now, @entry)')
  const forgetOld = database.prepare(
    `DELETE FROM sync_log WHERE sync = @sync AND sequence <=
       (SELECT sequence FROM sync_log WHERE sync = @sync ORDER BY sequence DESC LIMIT 1 OFFSET ${MOST_ENTRIES})`,
  )
  const page = database.prepare(
    `SELECT sequence, at, entry FROM sync_log WHERE sync = @sync AND (@before IS NULL OR sequence < @before)
     ORDER BY sequence DESC LIMIT @limit`,
  )
  const note = database.transaction((sync: string, act: SyncAct) => {
    insert.run({ sync, now: clock.now(), entry: JSON.stringify(act) })
    forgetOld.run({ sync })
  })
  return {
    note: (sync, act) => note.immediate(sync, act),
    log: (sync, { limit, before }) =>
      page.all({ sync, limit, before: before ?? null }).map((row) => entrySchema.parse(row)),
  }
}
