import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runnel } from './runnel.ts'
import { writeSampleWorkspace } from './sample-workspace.ts'

const ORDERS = 100_000
const SEED = 20_260_101

const startedAt = performance.now()
const workspace = join(await mkdtemp(join(tmpdir(), 'runnel-demo-')), 'sample')

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.error(`The demo failed. What it made lies in ${workspace}.`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  say(`Sample workspace in ${workspace}: ${ORDERS} orders with dirty rows, customers, products, 3 M flights`)
  const { dirty } = await writeSampleWorkspace(workspace, { orders: ORDERS, seed: SEED })
  await show(['check'])
  await show(['datasets', 'files'])
  await show(['show', 'files:orders.csv', '--limit', '5'], 14)
  await show(['preview', 'orders', 'fact', '--limit', '5'])
  await show(['preview', 'orders', 'checked.rejects', '--limit', '5'])
  await show(['preview', 'flights', 'by_airport', '--limit', '5'])
  await show(['run', 'orders'])
  await show(['rejects', 'last', '--limit', '8'])
  await show(['run', 'flights'])
  await show(['show', 'lake:sales_by_region.parquet', '--limit', '5'])
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  const faults = Object.values(dirty).reduce((sum, count) => sum + count, 0)
  console.log(
    `\nDone in ${seconds} s: ${ORDERS} orders (${faults} of them dirty on purpose) and 3,000,000 flights loaded into DuckDB and Parquet in ${join(workspace, 'out')}.`,
  )
}

/** Runs a command in the workspace and prints it with what it printed, as on a terminal. */
async function show(args: readonly string[], lines = Number.POSITIVE_INFINITY): Promise<void> {
  say(`$ runnel ${args.join(' ')}`)
  const printed = (await runnel(args, { directory: workspace })).trimEnd().split('\n')
  console.log(printed.slice(0, lines).join('\n'))
}

function say(text: string): void {
  console.log(`\n${text}`)
}
