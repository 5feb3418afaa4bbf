/**
 * `node bench/binlog-decode.ts [--rows N] [--rounds N]`: rows of the bench table (17 columns) read from MariaDB's binary log, from the
 * first event to the last row, beside @vlasky/zongji. Every turn has a process of its own; rounds are interleaved, and every other one
 * goes the other way round; medians count.
 */
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { z } from 'zod'
import { freePort } from '../engine/testing/servers/free-port.ts'
import { startMariadb } from '../engine/testing/servers/mariadb.ts'
import { COLUMNS_SQL, writeRows } from './harness/rows.ts'
import { requirePrograms, shell } from './harness/shell.ts'
import { loadData } from './harness/site.ts'
import { keptRounds } from './harness/steal.ts'

const NAMES = ['zongji', 'runnel'] as const
type Name = (typeof NAMES)[number]

const turnSchema = z.object({ rows: z.number(), wallMs: z.number(), cpuMs: z.number(), peakRssMb: z.number() })
type Turn = z.infer<typeof turnSchema>
type Turns = Readonly<Record<Name, Turn>>

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '3' } },
})
const rows = Number(values.rows)
await requirePrograms(['mariadb'])
const directory = await mkdtemp(join(tmpdir(), 'runnel-bench-'))
await chmod(directory, 0o755)
await using stack = new AsyncDisposableStack()
stack.defer(() => rm(directory, { recursive: true, force: true }))
const server = await startMariadb({ directory: join(directory, 'maria'), port: await freePort() })
stack.defer(() => server.stop())
const environment = { MYSQL_PWD: server.password }
const client = `mariadb --skip-ssl --local-infile=1 -N -h ${server.host} -P ${server.port} -u ${server.user}`
const table = `${COLUMNS_SQL.replace('TIMESTAMP(6)', 'DATETIME(6)')}, PRIMARY KEY (order_id, line_number)`
const { csv } = await writeRows(directory, rows)
await shell(`${client} -e 'CREATE DATABASE bench; CREATE TABLE bench.order_lines (${table})'`, environment)
const from = (await shell(`${client} -e 'SHOW MASTER STATUS'`, environment)).split('\t')
await shell(`${client} bench -e "${loadData(csv, 'order_lines', 1)}"`, environment)

const { kept, discarded } = await keptRounds(
  Number(values.rounds),
  async (round) => {
    const order = round % 2 === 1 ? NAMES : NAMES.toReversed()
    const turns = new Map<Name, Turn>()
    for (const name of order) turns.set(name, await apart(name))
    console.error(`round ${round}: ${NAMES.map((name) => `${name} ${text(turns.get(name))}`).join(', ')}`)
    return { zongji: turns.get('zongji') ?? none(), runnel: turns.get('runnel') ?? none() } satisfies Turns
  },
  (line) => console.error(line),
)
const turnsOf = (name: Name): Turn[] => kept.map(({ value }) => value[name])
const [theirs, ours] = [turnsOf('zongji'), turnsOf('runnel')]
const ratio = (figure: 'wallMs' | 'cpuMs'): string => (middle(theirs, figure) / middle(ours, figure)).toFixed(2)
console.log(`rows ${rows.toLocaleString('en')}, 17 columns, ${kept.length} rounds; wall / processor`)
for (const name of NAMES) {
  const turns = turnsOf(name)
  const [wall, cpu] = [middle(turns, 'wallMs'), middle(turns, 'cpuMs')]
  const memory = Math.max(...turns.map(({ peakRssMb }) => peakRssMb))
  const pace = Math.round((rows * 1_000) / wall).toLocaleString('en')
  console.log(
    `${name.padEnd(8)} ${(wall / 1_000).toFixed(2)} / ${(cpu / 1_000).toFixed(2)} s, ${pace} rows/s, ${memory} MB`,
  )
}
console.log(`zongji takes ${ratio('wallMs')} / ${ratio('cpuMs')} times as long`)
const steal = Math.round(Math.max(...kept.map((round) => round.steal)) * 100)
console.log(`load ${loadavg()[0]?.toFixed(1)}, steal at most ${steal} %, ${discarded} rounds discarded`)

async function apart(name: Name): Promise<Turn> {
  const [file = '', offset = ''] = from
  const address = [server.host, String(server.port), server.user]
  const turn = join(import.meta.dirname, 'binlog', 'turn.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [turn, name, ...address, file, offset, String(rows)], {
    env: { ...process.env, ...environment },
  })
  const told = turnSchema.parse(JSON.parse(stdout))
  if (told.rows !== rows) throw new Error(`${name} read ${told.rows} of ${rows} rows`)
  return told
}

function middle(turns: readonly Turn[], figure: 'wallMs' | 'cpuMs'): number {
  const sorted = turns.map((turn) => turn[figure]).toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

function text(turn: Turn | undefined): string {
  return turn === undefined ? '-' : `${(turn.wallMs / 1_000).toFixed(2)} / ${(turn.cpuMs / 1_000).toFixed(2)} s`
}

function none(): never {
  throw new Error('a turn is missing')
}
