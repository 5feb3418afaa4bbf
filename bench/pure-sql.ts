import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bench } from './harness/bench.ts'
import { move } from './harness/move.ts'

const QUERY = `SELECT supplier_id, ship_mode, count(*) AS n, sum(price * (1 - discount))::DECIMAL(38,4) AS revenue, max(changed_at) AS last
  FROM lines GROUP BY supplier_id, ship_mode`

/** The same SQL in a bare DuckDB process. Both sides count without the start of their process. */
export const pureSql: Bench = {
  name: 'pure-sql',
  floor: 'the same SQL in a bare DuckDB process',
  needs: [],
  floorTimesItself: true,
  changesRowCount: true,
  pipeline: (_site, verify) =>
    move('lake:lines.parquet', 'lake:out/sums.parquet', { verify, mode: 'replace', step: { sql: QUERY } }),
  floorCommand: ({ rows, directory }) =>
    `'${process.execPath}' '${join(import.meta.dirname, 'harness/bare-duckdb.ts')}' '${QUERY.replace('FROM lines', `FROM read_parquet("${rows.parquet}")`).replaceAll("'", "'\\''").replaceAll('\n', ' ')}' '${directory}/out/sums.parquet'`,
  reset: ({ directory }) => rm(join(directory, 'out/sums.parquet'), { force: true }),
}
