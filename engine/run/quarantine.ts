import { rename } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { REJECT_COLUMNS } from '../contract/reject.ts'
import type { Duck } from '../duck/duck.ts'
import { replaceFileDurably } from '../os/durable-file.ts'
import { id, join, literal, type Sql, sql } from '../sql/sql.ts'
import { diskFailure } from './disk-failure.ts'

const TABLE = '_runnel_rejects'
/** In the folder of a run; there once it has them all. */
export const REJECTS_FILE = 'rejects.parquet'

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

/** Adds rejects that were kept before, with their nodes. Gives how many. */
export async function quarantineKept(duck: Duck, kept: Sql): Promise<bigint> {
  return duck.run(sql`INSERT INTO ${id(TABLE)} BY NAME SELECT * FROM ${kept}`)
}

/**
 * Keeps the rejects in the run's folder, durably; also when there are none, so that a missing file means an unfinished run.
 * @throws Failure `run.disk_failed`, `run.disk_full`
 */
export async function keepRejects(duck: Duck, runDirectory: string): Promise<void> {
  const spilled = joinPath(duck.spillDirectory, REJECTS_FILE)
  await duck.run(sql`COPY ${id(TABLE)} TO ${literal(spilled)} (FORMAT parquet)`)
  const kept = joinPath(runDirectory, REJECTS_FILE)
  await replaceFileDurably(kept, (temporary) => rename(spilled, temporary)).catch((error: unknown) => {
    throw diskFailure(kept, error)
  })
}
