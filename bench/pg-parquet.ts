import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bench } from './harness/bench.ts'
import { move } from './harness/move.ts'

export const pgParquet: Bench = {
  name: 'pg-parquet',
  floor: 'psql COPY csv > /dev/null',
  needs: ['postgresql'],
  pipeline: (_site, verify) => move('pg:public.order_lines', 'lake:out/lines.parquet', { verify, mode: 'replace' }),
  floorCommand: ({ psql }) => `${psql} -c 'COPY order_lines TO STDOUT (FORMAT csv)' > /dev/null`,
  reset: async ({ run, psql, directory }) => {
    await rm(join(directory, 'out/lines.parquet'), { force: true })
    await run(`${psql} -c 'CHECKPOINT'`)
  },
}
