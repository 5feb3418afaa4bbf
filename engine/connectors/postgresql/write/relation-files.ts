import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Duck } from '../../../duck/duck.ts'
import { join, literal, type Sql, sql } from '../../../sql/sql.ts'

const FILE_BYTES = 32 * 1024 * 1024
const LOOK_AGAIN_MS = 15

export interface RelationFiles extends AsyncDisposable {
  /** The next finished file for whoever asks; undefined when there will be no more. Waits while DuckDB is writing. */
  next(): Promise<string | undefined>
  /** Rows that DuckDB wrote; call when `next` gave undefined. */
  rows(): Promise<bigint>
}

/**
 * Has DuckDB write a query to CSV files (NULL empty, the empty text quoted) and hands out each as soon as it is finished.
 *
 * DuckDB begins a file when the one before is full, so a file is finished when a later one exists or the statement has ended.
 */
export async function writeRelation(
  duck: Duck,
  { expressions, from }: { readonly expressions: readonly Sql[]; readonly from: Sql },
  signal?: AbortSignal,
): Promise<RelationFiles> {
  const folder = await mkdtemp(joinPath(duck.spillDirectory, 'postgresql-load-'))
  const target = joinPath(folder, 'rows')
  // An empty line would be no row for DuckDB's reader, and `\.` alone would end the data for PostgreSQL before 18.
  const quoting = expressions.length === 1 ? sql`, FORCE_QUOTE *` : sql``
  const writing = duck.run(
    sql`COPY (SELECT ${join(expressions)} FROM ${from}) TO ${literal(target)} (FORMAT csv, HEADER false, FILE_SIZE_BYTES ${literal(FILE_BYTES)}${quoting})`,
    signal === undefined ? {} : { signal },
  )
  writing.catch(() => undefined)
  let isWritten = false
  void writing.finally(() => (isWritten = true)).catch(() => undefined)
  const taken = new Set<string>()

  async function finished(): Promise<string[]> {
    const wasWritten = isWritten
    const names = (await readdir(target).catch(() => [])).filter((name) => name.endsWith('.csv'))
    const ordered = names.toSorted((a, b) => fileNumber(a) - fileNumber(b))
    return (wasWritten ? ordered : ordered.slice(0, -1)).filter((name) => !taken.has(name))
  }

  return {
    async next() {
      for (;;) {
        const wasWritten = isWritten
        const [name] = (await finished()).filter((candidate) => !taken.has(candidate))
        if (name !== undefined) {
          taken.add(name)
          return joinPath(target, name)
        }
        if (wasWritten) {
          await writing
          return undefined
        }
        await sleep(LOOK_AGAIN_MS)
      }
    },
    rows: () => writing,
    async [Symbol.asyncDispose]() {
      await writing.catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function fileNumber(name: string): number {
  return Number(/(\d+)\.csv$/.exec(name)?.[1] ?? 0)
}
