import type { Bench } from './harness/bench.ts'
import { pgPg } from './pg-pg.ts'

/** Row by row: a condition that every row meets, a computed amount and a changed text. The floor does none of it. */
export const pgPgTransform: Bench = {
  ...pgPg,
  name: 'pg-pg-transform',
  pipeline: (_site, verify) => ({
    version: 1,
    nodes: {
      lines: { type: 'source', dataset: 'pg:public.order_lines' },
      kept: { type: 'filter', input: 'lines', where: "ship_mode <> 'NOTHING'" },
      mapped: {
        type: 'map',
        input: 'kept',
        rest: 'keep',
        fields: [
          { to: 'price', expr: 'price * (1 - discount)', type: 'DECIMAL(15,2)' },
          { to: 'remark', expr: 'upper(remark)' },
        ],
      },
      load: { type: 'target', input: 'mapped', dataset: 'pg:public.order_lines_copy', mode: 'replace', verify },
    },
  }),
}
