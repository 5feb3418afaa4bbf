import type { Bench } from './harness/bench.ts'
import { move } from './harness/move.ts'
import { pgPg } from './pg-pg.ts'

export const csvPg: Bench = {
  ...pgPg,
  name: 'csv-pg',
  floor: 'psql \\copy FROM csv',
  pipeline: (_site, verify) => move('files:lines.csv', 'pg:public.order_lines_copy', { verify, mode: 'replace' }),
  floorCommand: ({ psql, rows }) => `${psql} -c "\\copy order_lines_copy FROM '${rows.csv}' CSV HEADER"`,
}
