import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import type { StoreDatabase } from './database.ts'

const chunkSchema = z.object({
  /** Key of the last row before it, and of its own last row; a table's first and last chunk are open at one end. */
  after: z.array(z.string()).optional(),
  upTo: z.array(z.string()).optional(),
  /** Rows that are in the target for certain; absent before. */
  rows: z.string().optional(),
})

const loadSchema = z.object({
  /** Names the loads of a copy under way, so that the target knows one that came through. */
  copy: z.string().optional(),
  chunks: z.array(chunkSchema).optional(),
  /** Chunks that one load takes. */
  atOnce: z.int().min(1).optional(),
  /** The highest value of the cursor column whose rows are in the target. */
  cursor: z.string().optional(),
  /** What `cursor` becomes once the copy under way is whole. */
  nextCursor: z.string().optional(),
})

/** How far the loads of a table have come that is not followed by its changes. */
export type StoredSyncLoad = z.infer<typeof loadSchema>

export interface SyncLoadStore {
  /** Empty for a table that was never loaded. */
  load(sync: string, dataset: string): StoredSyncLoad
  putLoad(sync: string, dataset: string, load: StoredSyncLoad): void
  forgetLoads(sync: string, dataset?: string): void
}

export function syncLoadStore(database: StoreDatabase, clock: Clock): SyncLoadStore {
  const select = database.prepare('SELECT load FROM sync_loads WHERE sync = ? AND dataset = ?').pluck()
  const upsert = database.prepare(
    `INSERT INTO sync_loads (sync, dataset, load, updated_at) VALUES (@sync, @dataset, @load, @now)
     ON CONFLICT (sync, dataset) DO UPDATE SET load = excluded.load, updated_at = excluded.updated_at`,
  )
  const remove = database.prepare(
    'DELETE FROM sync_loads WHERE sync = @sync AND (@dataset IS NULL OR dataset = @dataset)',
  )
  return {
    load: (sync, dataset) => {
      const text = select.get(sync, dataset)
      return typeof text === 'string' ? loadSchema.parse(JSON.parse(text)) : {}
    },
    putLoad: (sync, dataset, load) => void upsert.run({ sync, dataset, load: JSON.stringify(load), now: clock.now() }),
    forgetLoads: (sync, dataset) => void remove.run({ sync, dataset: dataset ?? null }),
  }
}
