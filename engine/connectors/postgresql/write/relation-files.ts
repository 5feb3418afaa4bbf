import { mkdtemp, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import type { Duck } from '../../../duck/duck.ts'
import { CSV_SEGMENT } from '../../../duck/segment.ts'
import { join, type Sql, sql } from '../../../sql/sql.ts'
import { segmentsOut } from '../../shared/load/segments-out.ts'

const FILE_BYTES = 32 * 1024 * 1024

export interface RelationFiles extends AsyncDisposable {
  /** The next finished file for whoever asks; undefined when there will be no more. Waits while DuckDB is writing. */
  next(): Promise<string | undefined>
  /** Rows that DuckDB wrote; settles when it has ended. */
  readonly rows: Promise<bigint>
}

/** Has DuckDB write a query to CSV files and hands out each as soon as it is finished. Disposal stops DuckDB and removes all files. */
export async function writeRelation(
  duck: Duck,
  { expressions, from }: { readonly expressions: readonly Sql[]; readonly from: Sql },
  signal?: AbortSignal,
): Promise<RelationFiles> {
  const folder = await mkdtemp(joinPath(duck.spillDirectory, 'postgresql-load-'))
  const stop = new AbortController()
  const ready: string[] = []
  const waiting: PromiseWithResolvers<string | undefined>[] = []
  const rows = segmentsOut(duck, {
    query: sql`SELECT ${join(expressions)} FROM ${from}`,
    dialect: CSV_SEGMENT,
    folder: joinPath(folder, 'out'),
    fileBytes: FILE_BYTES,
    // A line that is only `\\.` would end the data for PostgreSQL before 18.
    quoteAll: expressions.length === 1,
    onFile: (path) => {
      const waiter = waiting.shift()
      if (waiter === undefined) ready.push(path)
      else waiter.resolve(path)
    },
    signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]),
  })
  let ended: Promise<undefined> | undefined
  const end = (): void => {
    ended = rows.then(() => undefined)
    ended.catch(() => undefined)
    for (const waiter of waiting.splice(0)) waiter.resolve(ended)
  }
  rows.then(end, end)
  return {
    next: () => {
      const file = ready.shift()
      if (file !== undefined) return Promise.resolve(file)
      if (ended !== undefined) return ended
      const waiter = Promise.withResolvers<string | undefined>()
      waiting.push(waiter)
      return waiter.promise
    },
    rows,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await rows.catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
