import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Duck } from '../../../duck/duck.ts'
import type { SegmentDialect } from '../../../duck/segment.ts'
import { literal, type Sql, sql } from '../../../sql/sql.ts'

const LOOK_EVERY_MS = 15

export interface SegmentsOutRequest {
  /** A SELECT whose values DuckDB writes as text. */
  readonly query: Sql
  readonly dialect: SegmentDialect
  /** A folder of this call's own; is made. The receiver removes the files, the caller the folder. */
  readonly folder: string
  readonly fileBytes: number
  /** Quotes every value, so that no line looks like something else than a row. NULL stays unquoted. */
  readonly quoteAll?: boolean
  /** Called once per finished file, in order, while the next ones are written. */
  readonly onFile: (path: string) => void
  readonly signal?: AbortSignal
}

/**
 * Writes a query's rows into headerless segment files and hands each on as soon as it is whole.
 *
 * DuckDB 1.5 rotates files under FILE_SIZE_BYTES with one writer: data_<n> is closed shortly after data_<n+1> appears, so it
 * is taken when data_<n+2> is there or the statement ended. The caller must compare the rows it loads with the rows given
 * back, which also proves that no file was taken too early.
 * @returns rows written
 */
export async function segmentsOut(duck: Duck, request: SegmentsOutRequest): Promise<bigint> {
  const { query, dialect, folder, fileBytes, onFile, signal } = request
  const forced = request.quoteAll === true ? sql`, FORCE_QUOTE *` : sql``
  await mkdir(folder, { recursive: true })
  const target = join(folder, 'out')
  const copy = sql`COPY (${query}) TO ${literal(target)} (FORMAT csv, HEADER false, DELIMITER ${literal(dialect.delimiter)}, QUOTE ${literal(dialect.quote)}, ESCAPE ${literal(dialect.escape)}, NULLSTR ${literal(dialect.nullText)}, FILE_SIZE_BYTES ${literal(fileBytes)}${forced})`
  const rows = duck.run(copy, signal === undefined ? {} : { signal })
  const ended = rows.then(
    () => true,
    () => true,
  )
  let taken = 0
  const takeUpTo = (count: number): void => {
    for (; taken < count; taken++) onFile(join(target, `data_${taken}.csv`))
  }
  while (!(await Promise.race([ended, sleep(LOOK_EVERY_MS, false)]))) takeUpTo((await countFiles(target)) - 2)
  const written = await rows
  takeUpTo(await countFiles(target))
  return written
}

/** Files made so far, by their numbers: the receiver has removed some. */
async function countFiles(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  return Math.max(0, ...names.map((name) => Number(/^data_(\d+)\.csv$/.exec(name)?.[1] ?? -1) + 1))
}
