import { join } from 'node:path'
import { openDuck } from '../duck/open-duck.ts'
import { join as list, literal, sql } from '../sql/sql.ts'
import { keepRejects, openQuarantine, quarantineKept, REJECTS_FILE } from './quarantine.ts'

/** Keeps the rejects of several folders below that of a run as the run's own. Gives how many there are. */
export async function joinRejects(runDirectory: string, folders: readonly string[]): Promise<bigint> {
  await using duck = await openDuck({ memoryLimitMb: 256, threads: 1, allowedDirectories: [runDirectory] })
  await openQuarantine(duck)
  const files = folders.map((folder) => literal(join(folder, REJECTS_FILE)))
  const count = files.length === 0 ? 0n : await quarantineKept(duck, sql`read_parquet([${list(files)}])`)
  await keepRejects(duck, runDirectory)
  return count
}
