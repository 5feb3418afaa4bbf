import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { openDuck } from '../../engine/duck/open-duck.ts'
import { literal, sql } from '../../engine/sql/sql.ts'

/**
 * A Parquet file of so many rows of eight columns, `id` being the number of the row from 0, kept in `folder` for the next time. Values repeat in periods, so that the file stays small; every
 * row is decoded all the same.
 */
export async function writeUiRows(folder: string, rows: number): Promise<string> {
  const path = join(folder, `ui-rows-${rows}.parquet`)
  if ((await stat(path).catch(() => undefined)) !== undefined) return path
  await using duck = await openDuck({ memoryLimitMb: 2_048 })
  // Under another name until it is whole.
  const unfinished = `${path}.unfinished`
  await duck.run(sql`COPY (
    SELECT i AS id, 'AC-' || (i * 7 % 997) AS code, (i % 8192 * 1.25)::DECIMAL(12,2) AS amount, (i % 4096) / 4096 AS share,
      DATE '2020-01-01' + (i % 2048)::INTEGER AS day, TIMESTAMP '2020-01-01' + to_seconds(i % 65536) AS changed_at,
      i % 3 = 0 AS is_open, CASE WHEN i % 20 > 0 THEN '备注 ' || (i % 512) || ' of the line' END AS remark
    FROM range(${literal(rows)}) t(i)
  ) TO ${literal(unfinished)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)`)
  await rename(unfinished, path)
  return path
}
