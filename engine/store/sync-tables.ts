import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { type Column, columnSchema } from '../contract/column.ts'
import { type FailureData, failureDataSchema } from '../contract/failure.ts'
import { syncTableSchema } from '../contract/sync.ts'
import type { StoreDatabase } from './database.ts'
import { type SyncLoadStore, syncLoadStore } from './sync-loads.ts'
import { type SyncRefusedStore, syncRefusedStore } from './sync-refused.ts'

/** How far one table of a sync has come. */
export interface StoredSyncTable {
  readonly dataset: string
  readonly target: string
  readonly state: z.infer<typeof syncTableSchema>['state']
  /** Key of the last row that is in the target for certain, one text for each key column; undefined before the first. */
  readonly bound?: readonly string[]
  readonly copiedRows: bigint
  /** The copy was complete at this position: changes before it may meet rows that were copied after them. */
  readonly copiedAt?: string
  /** Without key: the copy is exact at `copiedAt`, and earlier changes must not be applied. */
  readonly isLoose?: boolean
  /** The columns that the target was made to fit. */
  readonly columns?: readonly Column[]
  readonly failure?: FailureData
}

export interface SyncTableStore extends SyncLoadStore, SyncRefusedStore {
  /** By dataset. */
  list(sync: string): StoredSyncTable[]
  put(sync: string, table: StoredSyncTable): void
  /** Forgets one table, or all of the sync, with their loads and refused messages. */
  forget(sync: string, dataset?: string): void
}

const rowSchema = z
  .object({
    dataset: z.string(),
    target: z.string(),
    state: syncTableSchema.shape.state,
    bound: z.string().nullable(),
    copied_rows: z.string(),
    copied_at: z.string().nullable(),
    columns: z.string().nullable(),
    is_loose: z.number(),
    failure: z.string().nullable(),
  })
  .transform(
    ({ bound, copied_rows, copied_at, columns, is_loose, failure, ...row }): StoredSyncTable => ({
      ...row,
      isLoose: is_loose === 1,
      copiedRows: BigInt(copied_rows),
      ...(bound === null ? {} : { bound: z.array(z.string()).parse(JSON.parse(bound)) }),
      ...(copied_at === null ? {} : { copiedAt: copied_at }),
      ...(columns === null ? {} : { columns: z.array(columnSchema).parse(JSON.parse(columns)) }),
      ...(failure === null ? {} : { failure: failureDataSchema.parse(JSON.parse(failure)) }),
    }),
  )

export function syncTableStore(database: StoreDatabase, clock: Clock): SyncTableStore {
  const select = database.prepare(
    'SELECT dataset, target, state, bound, copied_rows, copied_at, columns, is_loose, failure FROM sync_tables WHERE sync = ? ORDER BY dataset',
  )
  const upsert = database.prepare(
    `INSERT INTO sync_tables (sync, dataset, target, state, bound, copied_rows, copied_at, columns, is_loose, failure, updated_at)
     VALUES (@sync, @dataset, @target, @state, @bound, @copiedRows, @copiedAt, @columns, @isLoose, @failure, @now)
     ON CONFLICT (sync, dataset) DO UPDATE SET target = excluded.target, state = excluded.state, bound = excluded.bound,
       copied_rows = excluded.copied_rows, copied_at = excluded.copied_at, columns = excluded.columns, is_loose = excluded.is_loose, failure = excluded.failure, updated_at = excluded.updated_at`,
  )
  const remove = database.prepare(
    'DELETE FROM sync_tables WHERE sync = @sync AND (@dataset IS NULL OR dataset = @dataset)',
  )
  const loads = syncLoadStore(database, clock)
  const refused = syncRefusedStore(database, clock)
  return {
    ...loads,
    ...refused,
    list: (sync) => select.all(sync).map((row) => rowSchema.parse(row)),
    put: (sync, { dataset, target, state, bound, copiedRows, copiedAt, columns, isLoose, failure }) =>
      void upsert.run({
        sync,
        dataset,
        target,
        state,
        bound: bound === undefined ? null : JSON.stringify(bound),
        copiedRows: String(copiedRows),
        copiedAt: copiedAt ?? null,
        columns: columns === undefined ? null : JSON.stringify(columns),
        isLoose: isLoose === true ? 1 : 0,
        failure: failure === undefined ? null : JSON.stringify(failure),
        now: clock.now(),
      }),
    forget: (sync, dataset) => {
      remove.run({ sync, dataset: dataset ?? null })
      loads.forgetLoads(sync, dataset)
      refused.forgetRefused(sync, dataset === undefined ? {} : { dataset })
    },
  }
}
