/**
 * `npm run faults [-- --seeds N] [-- --row "row 10"]`: the fault rows of syncs with many seeds (20 unless told), against real servers,
 * and a table of how many of them passed. `npm test` runs the same rows with one seed each.
 */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { passTool, ROOT } from './checks/run-tool.ts'

const REPORT = join(ROOT, '.cache/faults.json')
const FILES = ['engine/sync/faults.server.test.ts', 'engine/sync/server-faults.server.test.ts']

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '20' }, row: { type: 'string' } } })
await rm(REPORT, { force: true })
const only = values.row === undefined ? [] : ['-t', values.row]
// One file after the other: what is measured is how soon a sync goes on, not how busy this machine is.
const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${REPORT}`]
const exit = await passTool(
  'vitest',
  ['run', '--project=servers', '--no-file-parallelism', ...reporters, ...only, ...FILES],
  { RUNNEL_FAULT_SEEDS: values.seeds },
)
const testSchema = z.object({ status: z.string(), ancestorTitles: z.array(z.string()), title: z.string() })
const reportSchema = z.object({ testResults: z.array(z.object({ assertionResults: z.array(testSchema) })) })
const { testResults } = reportSchema.parse(JSON.parse(await readFile(REPORT, 'utf8')))
const ran = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status !== 'skipped')
const rows = Map.groupBy(ran, ({ ancestorTitles }) => ancestorTitles.at(-1) ?? '')
const numberOf = (row: string): number => Number(/\d+/.exec(row)?.[0] ?? 0)
for (const [row, tests] of [...rows].toSorted(([a], [b]) => numberOf(a) - numberOf(b))) {
  const failed = tests.filter(({ status }) => status !== 'passed')
  const names = failed.length === 0 ? '' : `  failed: ${failed.map(({ title }) => title).join(', ')}`
  console.log(`${`${tests.length - failed.length}/${tests.length}`.padStart(7)}  ${row}${names}`)
}
const passed = ran.filter(({ status }) => status === 'passed').length
console.log(`${passed} passed, ${ran.length - passed} failed`)
process.exitCode = exit
