import type { Bench } from './harness/bench.ts'
import { move } from './harness/move.ts'
import { loadData } from './harness/site.ts'

/** The floor is given the data as two files already; reading PostgreSQL comes on top for us. */
export const pgMariadb: Bench = {
  name: 'pg-mariadb',
  floor: 'LOAD DATA LOCAL on two connections',
  needs: ['postgresql', 'mariadb'],
  pipeline: (_site, verify) => move('pg:public.order_lines', 'maria:order_lines_copy', { verify, mode: 'replace' }),
  floorCommand: ({ mariadb, directory }) => {
    const half = (part: string): string =>
      `${mariadb} -e "${loadData(`${directory}/half-${part}`, 'order_lines_copy', 0)}"`
    return `${half('aa')} & first=$!; ${half('ab')}; wait $first`
  },
  reset: ({ run, mariadb, rows, directory }) =>
    run(
      `${mariadb} -e 'TRUNCATE order_lines_copy'; cd ${directory}; test -f half-aa || { tail -n +2 ${rows.csv} > body; split -n l/2 body half-; rm body; }`,
    ),
}
