import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { rulesFileSchema } from '../engine/contract/rule.ts'
import { openDuck } from '../engine/duck/open-duck.ts'
import { meaningTeller } from '../engine/profile/semantic/has-meaning.ts'
import { checkRules } from '../engine/quality/check-rules.ts'
import { id, join as list, literal, sql } from '../engine/sql/sql.ts'
import { writeRows } from './harness/rows.ts'

// `node bench/rules.ts [--rows N] [--rounds N]`: all rules of a table against one scan of the columns they look at.

const RULES = [
  { check: 'not_null', column: 'order_id' },
  { check: 'not_null', column: 'part_id' },
  { check: 'not_blank', column: 'instruction' },
  { check: 'not_blank', column: 'ship_mode' },
  { check: 'range', column: 'quantity', min: 1, max: 50 },
  { check: 'range', column: 'price', min: 0 },
  { check: 'range', column: 'discount', min: 0, max: 1 },
  { check: 'range', column: 'shipped_on', min: '1992-01-01', max: '2000-01-01' },
  { check: 'accepted', column: 'return_flag', values: ['A', 'N', 'R'] },
  { check: 'accepted', column: 'line_status', values: ['O', 'F'] },
  { check: 'length', column: 'remark', max: 44 },
  { check: 'expression', expr: 'committed_on >= shipped_on - 3000', column: 'committed_on' },
  { check: 'row_count', min: 1 },
  { check: 'freshness', column: 'changed_at', within: '9999d' },
  { check: 'aggregate', expr: 'sum(quantity)', min: 1 },
  { check: 'drift', column: 'price', figure: 'mean', limit: 0.1 },
]

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '6000000' }, rounds: { type: 'string', default: '5' } },
})
const [rows, rounds] = [Number(values.rows), Number(values.rounds)]
const directory = await mkdtemp(join(tmpdir(), 'runnel-bench-'))
try {
  const { parquet } = await writeRows(directory, rows)
  await using duck = await openDuck({ memoryLimitMb: 1_024, hasMeaning: meaningTeller() })
  await duck.run(sql`CREATE VIEW data AS SELECT * FROM read_parquet(${literal(parquet)})`)
  const columns = await duck.columns(sql`SELECT * FROM data`)
  const file = rulesFileSchema.parse({ version: 1, dataset: 'lake:lines.parquet', rules: RULES })
  const read = columns.filter(({ name }) => RULES.some((rule) => JSON.stringify(rule).includes(name)))
  // Every value is looked at once. A plain count, or the largest, would come from the statistics of the file.
  const scan = sql`SELECT ${list(read.map(({ name }) => sql`bit_xor(hash(${id(name)}))`))} FROM data`
  const turns: { scan: number; rules: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    const scanned = await timed(() => duck.rows(scan))
    const checked = await timed(async () => {
      const { results } = await checkRules({
        name: 'lines',
        file,
        duck,
        scope: { columns, reference: () => undefined, codeList: () => undefined },
        key: ['order_id', 'line_number'],
        history: [],
        now: Date.now(),
        basis: 'source',
      })
      const bad = results.filter(({ status }) => status !== 'passed')
      if (bad.length > 0) throw new Error(JSON.stringify(bad))
    })
    // The first round warms the file cache.
    if (round > 0) turns.push({ scan: scanned, rules: checked })
  }
  const [scanMs, rulesMs] = [median(turns.map((turn) => turn.scan)), median(turns.map((turn) => turn.rules))]
  console.log(
    JSON.stringify({
      rows,
      rules: RULES.length,
      columns: read.length,
      scanMs: Math.round(scanMs),
      rulesMs: Math.round(rulesMs),
      ratio: Math.round((rulesMs / scanMs) * 100) / 100,
    }),
  )
} finally {
  await rm(directory, { recursive: true, force: true })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0
}
