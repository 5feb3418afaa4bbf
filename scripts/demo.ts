import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { openDuck } from '../engine/duck/open-duck.ts'
import { writeSampleWorkspace } from '../engine/host/sample/sample-workspace.ts'
import { id, literal, type Sql, sql } from '../engine/sql/sql.ts'
import { runnel, startRunnel } from './runnel.ts'

const ORDERS = 100_000
const SEED = 20_260_101
/** Where there is no key store, secrets go to an encrypted file; the demo's own key is forgotten with it. */
const VARIABLES = { RUNNEL_KEY: randomBytes(24).toString('base64') }

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
  await show(['show', 'files:orders.csv', '--limit', '5'], { lines: 14 })
  await show(['preview', 'orders', 'fact', '--limit', '5'])
  await show(['preview', 'orders', 'checked.rejects', '--limit', '5'])
  await show(['preview', 'flights', 'by_airport', '--limit', '5'])
  await show(['test'])
  await show(['run', 'orders'])
  await show(['rejects', 'last', '--limit', '8'])
  await show(['run', 'flights'])
  await show(['show', 'lake:sales_by_region.parquet', '--limit', '5'])
  const onServer = join(workspace, 'out-server')
  await runOnServer(onServer)
  const rows = await compareResults(join(workspace, 'out'), onServer)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  const faults = Object.values(dirty).reduce((sum, count) => sum + count, 0)
  console.log(
    `\nDone in ${seconds} s: ${ORDERS} orders (${faults} of them dirty on purpose) and 3,000,000 flights loaded into DuckDB and Parquet here and by a server, ${rows} rows equal in both; see ${join(workspace, 'out')}.`,
  )
}

/** Starts a server, pushes the job with the sample's server environment, runs it there and stops the server. */
async function runOnServer(out: string): Promise<void> {
  await mkdir(out, { recursive: true })
  say('$ runnel serve --data server')
  const variables = { ...VARIABLES, SAMPLE_DATA: join(workspace, 'data'), SAMPLE_OUT: out }
  const data = join(workspace, '..', 'server')
  const server = startRunnel(['serve', '--data', data, '--port', '0', '--json'], { directory: workspace, variables })
  const ended = new Promise((resolve) => server.on('close', resolve))
  try {
    const { url, token } = await firstLine(server)
    console.log(`Serving on ${url}`)
    await show(['server', 'add', 'local', url], { input: token })
    await show(['push', 'nightly', '--to', 'local', '--env', 'server'])
    await show(['jobs', '--on', 'local'])
    await show(['trigger', 'nightly', '--on', 'local', '--wait'])
    await show(['runs', '--on', 'local'])
  } finally {
    server.kill('SIGTERM')
    await ended
  }
}

async function firstLine(server: ChildProcess): Promise<{ url: string; token: string }> {
  if (server.stdout === null) throw new Error('the server has no output')
  for await (const line of createInterface({ input: server.stdout })) {
    return z.object({ url: z.string(), token: z.string() }).parse(JSON.parse(line))
  }
  throw new Error('the server ended before it was ready')
}

/** Every row of every result, here against there. Gives the rows compared; throws when any differs. */
async function compareResults(here: string, there: string): Promise<string> {
  await using duck = await openDuck()
  for (const [name, folder] of Object.entries({ here, there })) {
    await duck.run(sql`ATTACH ${literal(join(folder, 'warehouse.duckdb'))} AS ${id(name)} (READ_ONLY)`)
  }
  let rows = 0n
  const theirs = results('there', there)
  for (const [index, ours] of results('here', here).entries()) {
    const other = theirs[index] ?? ours
    const differing = await duck.value(
      sql`SELECT (SELECT count(*) FROM (${ours} EXCEPT ALL ${other})) + (SELECT count(*) FROM (${other} EXCEPT ALL ${ours}))`,
    )
    if (differing !== '0') throw new Error(`${differing} rows differ between this machine and the server`)
    rows += BigInt((await duck.value(sql`SELECT count(*) FROM (${ours})`)) ?? '0')
  }
  return rows.toLocaleString('en')
}

/** Runs a command in the workspace and prints it with what it printed, as on a terminal. */
async function show(
  args: readonly string[],
  { lines = Number.POSITIVE_INFINITY, input }: { readonly lines?: number; readonly input?: string } = {},
): Promise<void> {
  say(`$ runnel ${args.join(' ')}`)
  const printed = (
    await runnel(args, { directory: workspace, variables: VARIABLES, ...(input === undefined ? {} : { input }) })
  )
    .trimEnd()
    .split('\n')
  console.log(printed.slice(0, lines).join('\n'))
}

function say(text: string): void {
  console.log(`\n${text}`)
}

/** What both runs have made. */
function results(name: string, folder: string): Sql[] {
  return [
    sql`SELECT * FROM ${id(name, 'main', 'orders')}`,
    sql`SELECT * FROM ${id(name, 'main', 'airport_delays')}`,
    ...['sales_by_region', 'late_flights'].map(
      (file) => sql`SELECT * FROM read_parquet(${literal(join(folder, `${file}.parquet`))})`,
    ),
  ]
}
