import type { Bench } from './harness/bench.ts'
import { move } from './harness/move.ts'

export const pgPg: Bench = {
  name: 'pg-pg',
  floor: 'psql COPY binary | psql COPY binary',
  needs: ['postgresql'],
  pipeline: (_site, verify) => move('pg:public.order_lines', 'pg:public.order_lines_copy', { verify, mode: 'replace' }),
  floorCommand: ({ psql }) =>
    `${psql} -c 'COPY order_lines TO STDOUT (FORMAT binary)' | ${psql} -c 'COPY order_lines_copy FROM STDIN (FORMAT binary)'`,
  reset: ({ run, psql }) => run(`${psql} -c 'TRUNCATE order_lines_copy' -c 'CHECKPOINT'`),
}
