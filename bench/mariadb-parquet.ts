import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bench } from './harness/bench.ts'
import { move } from './harness/move.ts'

export const mariadbParquet: Bench = {
  name: 'mariadb-parquet',
  floor: 'mariadb --quick TSV > /dev/null',
  needs: ['mariadb'],
  pipeline: (_site, verify) => move('maria:order_lines', 'lake:out/lines.parquet', { verify, mode: 'replace' }),
  floorCommand: ({ mariadb }) =>
    `${mariadb.replace('mariadb', 'mariadb --quick --batch')} -e 'SELECT * FROM order_lines' > /dev/null`,
  reset: ({ directory }) => rm(join(directory, 'out/lines.parquet'), { force: true }),
}
