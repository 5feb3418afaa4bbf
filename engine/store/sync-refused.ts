import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import type { StoreDatabase } from './database.ts'

const refusedSchema = z.object({ dataset: z.string(), locator: z.string(), reason: z.string(), raw: z.string() })
type Refused = z.infer<typeof refusedSchema>

/** Messages that a sync could not read, with all that it takes to read them again. */
export interface SyncRefusedStore {
  /** Keeps messages; one that is kept already gets the newer reason. */
  keepRefused(sync: string, messages: readonly Refused[]): void
  /** In the order in which they were refused first, at most `most` behind those that are passed over. */
  listRefused(sync: string, page: { readonly most: number; readonly skip: number }): Refused[]
  countRefused(sync: string): number
  /** Forgets messages that were read after all, or whose dataset is read from its beginning again. */
  forgetRefused(sync: string, which: { readonly dataset?: string; readonly locators?: readonly string[] }): void
}

export function syncRefusedStore(database: StoreDatabase, clock: Clock): SyncRefusedStore {
  const insert = database.prepare(
    `INSERT INTO sync_refused (sync, dataset, locator, reason, raw, at) VALUES (@sync, @dataset, @locator, @reason, @raw, @now)
     ON CONFLICT (sync, locator) DO UPDATE SET reason = excluded.reason`,
  )
  const select = database.prepare(
    'SELECT dataset, locator, reason, raw FROM sync_refused WHERE sync = @sync ORDER BY sequence LIMIT @most OFFSET @skip',
  )
  const count = database.prepare('SELECT count(*) AS n FROM sync_refused WHERE sync = ?')
  const remove = database.prepare(
    `DELETE FROM sync_refused WHERE sync = @sync AND (@dataset IS NULL OR dataset = @dataset)
       AND (@locators IS NULL OR locator IN (SELECT value FROM json_each(@locators)))`,
  )
  return {
    keepRefused: database.transaction((sync: string, messages: readonly Refused[]) => {
      for (const { dataset, locator, reason, raw } of messages) {
        insert.run({ sync, dataset, locator, reason, raw, now: clock.now() })
      }
    }),
    listRefused: (sync, { most, skip }) => select.all({ sync, most, skip }).map((row) => refusedSchema.parse(row)),
    countRefused: (sync) => z.object({ n: z.number() }).parse(count.get(sync)).n,
    forgetRefused: (sync, { dataset, locators }) =>
      void remove.run({
        sync,
        dataset: dataset ?? null,
        locators: locators === undefined ? null : JSON.stringify(locators),
      }),
  }
}
