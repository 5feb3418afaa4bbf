import ZongJi from '@vlasky/zongji'
import { z } from 'zod'
import { Secret } from '../../engine/base/secret.ts'
import { printPosition } from '../../engine/connectors/mysql/changes/binlog-position.ts'
import { mysqlConfigSchema } from '../../engine/connectors/mysql/config.ts'
import { mysql } from '../../engine/connectors/mysql/connector.ts'

// `node bench/binlog/turn.ts zongji|runnel HOST PORT USER FILE OFFSET ROWS`: one turn, in a process of its own. Prints what it took as JSON.

const TABLE = { schema: 'bench', table: 'order_lines' }

const [name, host, port, user, file, offset, wanted] = z
  .tuple([
    z.enum(['zongji', 'runnel']),
    z.string(),
    z.coerce.number(),
    z.string(),
    z.string(),
    z.coerce.number(),
    z.coerce.number(),
  ])
  .parse(process.argv.slice(2))
const password = process.env['MYSQL_PWD'] ?? ''
let peakRss = 0
const watching = setInterval(() => {
  peakRss = Math.max(peakRss, process.memoryUsage.rss())
}, 50)
const [startedAt, cpu] = [performance.now(), process.cpuUsage()]
const rows = name === 'zongji' ? await byZongji() : await byRunnel()
const spent = process.cpuUsage(cpu)
clearInterval(watching)
console.log(
  JSON.stringify({
    rows,
    wallMs: performance.now() - startedAt,
    cpuMs: (spent.user + spent.system) / 1_000,
    peakRssMb: Math.round(Math.max(peakRss, process.memoryUsage.rss()) / 1_048_576),
  }),
)
process.exit(0)

async function byZongji(): Promise<number> {
  const zongji = new ZongJi({ host, port, user, password })
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  let seen = 0
  zongji.on('error', reject)
  zongji.on('binlog', (event: object) => {
    if ('rows' in event && Array.isArray(event.rows)) seen += event.rows.length
    if (seen >= wanted) resolve(seen)
  })
  zongji.start({
    serverId: 4_242,
    filename: file,
    position: offset,
    includeEvents: ['tablemap', 'writerows', 'rotate'],
    includeSchema: { [TABLE.schema]: [TABLE.table] },
  })
  return promise
}

/** Changes as a sync takes them: batches of lines, none of which is kept. */
async function byRunnel(): Promise<number> {
  const session = await mysql.open({
    name: 'bench',
    config: mysqlConfigSchema.parse({ host, port, user, tls: 'off' }),
    baseDirectory: '/',
    secret: () => Promise.resolve(new Secret(password)),
  })
  const from = printPosition({ server: 'server 1', file: Number(file.split('.').at(-1)), offset })
  const limits = { flushMs: 10, idleMs: 1_000, mostChanges: 100_000, mostBytes: 8 * 1_048_576 }
  const feed = await session.changes?.open({
    reader: 'bench',
    datasets: [`${TABLE.schema}.${TABLE.table}`],
    from,
    ...limits,
  })
  if (feed === undefined) throw new Error('there is no feed')
  let seen = 0
  while (seen < wanted) seen += (await feed.next())?.changes.length ?? 0
  return seen
}
