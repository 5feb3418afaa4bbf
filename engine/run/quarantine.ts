import { rename } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import type { Page } from '../contract/page.ts'
import { REJECT_COLUMNS } from '../contract/reject.ts'
import type { Duck } from '../duck/duck.ts'
import { openDuck } from '../duck/open-duck.ts'
import { replaceFileDurably } from '../os/durable-file.ts'
import { id, join, literal, type Sql, sql } from '../sql/sql.ts'
import { diskFailure } from './disk-failure.ts'

const TABLE = '_runnel_rejects'
const FILE = 'rejects.parquet'

/** The rejects of one run while it runs: in DuckDB, so that they may spill. */
export async function openQuarantine(duck: Duck): Promise<void> {
  const columns = ['node', ...REJECT_COLUMNS].map((name) => sql`${id(name)} VARCHAR`)
  await duck.run(sql`CREATE OR REPLACE TABLE ${id(TABLE)} (${join(columns)})`)
}

/** Adds a relation of rejects (REJECT_COLUMNS) of a node. Gives how many. */
export async function quarantine(duck: Duck, node: string, rejects: Sql, signal?: AbortSignal): Promise<bigint> {
  const columns = join(REJECT_COLUMNS.map((name) => sql`${id(name)}::VARCHAR`))
  return duck.run(
    sql`INSERT INTO ${id(TABLE)} SELECT ${literal(node)}, ${columns} FROM (${rejects})`,
    signal === undefined ? {} : { signal },
  )
}

/**
 * Keeps the rejects in the run's folder, durably; also when there are none, so that a missing file means an unfinished run.
 * @throws Failure `run.disk_failed`, `run.disk_full`
 */
export async function keepRejects(duck: Duck, runDirectory: string): Promise<void> {
  const spilled = joinPath(duck.spillDirectory, FILE)
  await duck.run(sql`COPY ${id(TABLE)} TO ${literal(spilled)} (FORMAT parquet)`)
  const kept = joinPath(runDirectory, FILE)
  await replaceFileDurably(kept, (temporary) => rename(spilled, temporary)).catch((error: unknown) => {
    throw diskFailure(kept, error)
  })
}

export interface RejectPage extends Page {
  /** All rejects of the run. */
  readonly total: string
}

/** Rejects of a finished run: `node` and REJECT_COLUMNS, in the order they were found. */
export async function readRejects(
  runDirectory: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<RejectPage> {
  await using duck = await openDuck({ memoryLimitMb: 256, threads: 1, allowedDirectories: [runDirectory] })
  const file = sql`read_parquet(${literal(joinPath(runDirectory, FILE))})`
  const total = (await duck.value(sql`SELECT count(*) FROM ${file}`)) ?? '0'
  const page = await duck.rows(sql`SELECT * FROM ${file} LIMIT ${literal(limit)} OFFSET ${literal(offset)}`)
  return { ...page, total }
}
