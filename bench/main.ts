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
import { uiCanvas } from './ui/canvas.ts'
import { uiGrid } from './ui/grid.ts'
import { uiStart } from './ui/start.ts'
import { uiTree } from './ui/tree.ts'
import { uiTyping } from './ui/typing.ts'
import { runUiBench, type UiBench, uiTable } from './ui/ui-bench.ts'

const MOVES: readonly Bench[] = [pgPg, pgPgTransform, pgParquet, csvPg, pgMariadb, mariadbParquet, pureSql]
const UI: readonly UiBench[] = [uiGrid, uiCanvas, uiTyping, uiTree, uiStart]
const NAMES = [...MOVES, ...UI].map(({ name }) => name)
const CLIENTS = { postgresql: 'psql', mariadb: 'mariadb' } as const
const MOVED_ROWS = 6_000_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string' },
    rounds: { type: 'string' },
    json: { type: 'boolean', default: false },
    verified: { type: 'boolean', default: false },
  },
})
const rows = values.rows === undefined ? undefined : Number(values.rows)
const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
const wanted = positionals[0]
const move = MOVES.find(({ name }) => name === wanted)
const ui = UI.filter(({ name }) => name === wanted || wanted === 'ui')
const isCounted = (count: number | undefined, least: number): boolean =>
  count === undefined || (Number.isSafeInteger(count) && count >= least)
if ((move === undefined && ui.length === 0) || !isCounted(rows, 100) || !isCounted(rounds, 1)) {
  const near = wanted === undefined || NAMES.includes(wanted) ? undefined : nearestName(wanted, NAMES)
  console.error(
    `npm run bench -- NAME [--rows N] [--rounds N] [--verified] [--json]; NAME is one of ${NAMES.join(', ')}, or ui for all of ui-`,
  )
  if (near !== undefined) console.error(`Did you mean ${near}?`)
  process.exit(2)
}
try {
  const say = (line: string): void => console.error(line)
  const print = <Result>(result: Result, table: (result: Result) => string): void =>
    console.log(values.json ? JSON.stringify(result) : table(result))
  if (move !== undefined) {
    await requirePrograms(['bash', ...move.needs.map((need) => CLIENTS[need])])
    const options = { rows: rows ?? MOVED_ROWS, rounds: rounds ?? 5, verified: values.verified, say }
    print(await measure(move, options), moveTable)
  }
  for (const bench of ui) print(await runUiBench(bench, { rows, rounds: rounds ?? 3, say }), uiTable)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

function moveTable(result: BenchResult): string {
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
    ['rounds', `${result.rounds.length} kept, ${result.discardedRounds} discarded for steal`],
  ]
  return [result.name, ...lines.map(([name, value]) => `  ${name.padEnd(24)}${value}`)].join('\n')
}
