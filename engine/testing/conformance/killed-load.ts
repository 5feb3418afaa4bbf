import { connectorOfKind } from '../../connectors/all.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { sql } from '../../sql/sql.ts'

// A program of its own, for tests that kill it: stages one row into `t` of a database file, says so and waits.
const [kind = '', file = '', baseDirectory = ''] = process.argv.slice(2)
const connector = await connectorOfKind(kind)
const session = await connector?.open({
  name: 'killed',
  config: { file },
  baseDirectory,
  secret: () => Promise.resolve(undefined),
})
const duck = await openDuck({ memoryLimitMb: 256, threads: 1, spillParent: baseDirectory })
const writer = await session?.write?.({
  dataset: 't',
  columns: [{ name: 'a', type: 'BIGINT' }],
  mode: 'replace',
  keys: [],
  loadId: 'killed',
  options: {},
  ddl: 'create',
  duck,
})
await writer?.stage(sql`SELECT 9::BIGINT AS a`)
process.send?.('staged')
setInterval(() => undefined, 60_000)
