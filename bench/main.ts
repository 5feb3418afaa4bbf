import { parseArgs } from 'node:util'
import { nearestName } from '../engine/base/suggest.ts'
import { csvPg } from './csv-pg.ts'
import type { Bench } from './harness/bench.ts'
import { type BenchResult, measure } from './harness/measure.ts'
import { requirePrograms } from './harness/shell.ts'
import { mariadbParquet } from './mariadb-parquet.ts'
import { pgMariadb } from './pg-mariadb.ts'
import { pgParquet } from './pg-parquet.ts'
import { pgPg } from './pg-pg.ts'
import { pgPgTransform } from './pg-pg-transform.ts'
import { pureSql } from './pure-sql.ts'

const BENCHES: readonly Bench[] = [pgPg, pgPgTransform, pgParquet, csvPg, pgMariadb, mariadbParquet, pureSql]
const NAMES = BENCHES.map(({ name }) => name)
const CLIENTS = { postgresql: 'psql', mariadb: 'mariadb' } as const

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '6000000' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    verified: { type: 'boolean', default: false },
  },
})
const [rows, rounds] = [Number(values.rows), Number(values.rounds)]
const wanted = positionals[0]
const bench = BENCHES.find(({ name }) => name === wanted)
if (bench === undefined || !Number.isSafeInteger(rows) || rows < 1_000 || !Number.isSafeInteger(rounds) || rounds < 1) {
  const near = wanted === undefined ? undefined : nearestName(wanted, NAMES)
  console.error(
    `npm run bench -- NAME [--rows N] [--rounds N] [--verified] [--json]; NAME is one of ${NAMES.join(', ')}`,
  )
  if (near !== undefined && bench === undefined) console.error(`Did you mean ${near}?`)
  process.exit(2)
}
try {
  await requirePrograms(['bash', ...bench.needs.map((need) => CLIENTS[need])])
  const say = (line: string): void => console.error(line)
  const result = await measure(bench, { rows, rounds, verified: values.verified, say })
  console.log(values.json ? JSON.stringify(result) : table(result))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

function table(result: BenchResult): string {
  const lines: [string, string][] = [
    ['rows', result.rows.toLocaleString('en')],
    ['rows/s', result.rowsPerSecond.toLocaleString('en')],
    ['CPU-s per million rows', String(result.cpuSecondsPerMillionRows)],
    ['peak RSS', `${result.peakRssMb} MB`],
    [
      'floor',
      `${result.floor.what}: ${result.floor.seconds} s, ${result.floor.rowsPerSecond.toLocaleString('en')} rows/s`,
    ],
    ['ratio (ours / floor)', `${result.ratio} (verify: ${result.verify})`],
    ...(result.verifiedRatio === undefined
      ? []
      : [['ratio with checksums', String(result.verifiedRatio)] as [string, string]]),
  ]
  return [result.name, ...lines.map(([name, value]) => `  ${name.padEnd(24)}${value}`)].join('\n')
}
