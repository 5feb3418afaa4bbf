import { setTimeout as sleep } from 'node:timers/promises'
import type { SyncStatus } from '../../engine/contract/sync.ts'
import { startChildSync } from '../../engine/testing/faults/run-child-sync.ts'
import { ACCOUNTS, type CdcSite, script, TABLES } from './cdc-site.ts'
import { drain } from './drain.ts'

export interface Throughput {
  readonly changes: number
  /** Seconds for the same changes. */
  readonly ours: number
  readonly native: number
  /** Read and decoded only. */
  readonly decodedByUs: number
  readonly recvlogical: number
}

const SLOT = 'native'
const RECEIVED = 'received'
const ROWS_IN_TRANSACTION = 10
const CLIENTS = 4

/** Our sync and a native subscription, both copied and stopped, so that what is written now waits for them. */
export async function prepare(site: CdcSite): Promise<void> {
  const { source, native } = site
  await caughtUp(site)
  for (const statement of TABLES) await native.query(statement)
  await source.query('CREATE PUBLICATION bench FOR TABLE accounts, ticks')
  for (const slot of [SLOT, RECEIVED])
    await source.query(`SELECT pg_create_logical_replication_slot('${slot}', 'pgoutput')`)
  const rows = await site.run(
    `psql -qc 'COPY accounts TO STDOUT' ${source.name} | psql -qc 'COPY accounts FROM STDIN' ${native.name}`,
  )
  const { host, port, user, password } = source.server
  await native.query(
    `CREATE SUBSCRIPTION bench CONNECTION 'host=${host} port=${port} user=${user} password=${password} dbname=${source.name}'
     PUBLICATION bench WITH (create_slot = false, slot_name = '${SLOT}', copy_data = false, enabled = false)${rows}`,
  )
}

/** Writes changes while nobody follows, then lets one after the other catch up. */
export async function throughput(site: CdcSite, changes: number, oursFirst: boolean): Promise<Throughput> {
  const { source } = site
  const each = Math.ceil(changes / ROWS_IN_TRANSACTION / CLIENTS)
  const lines = [
    `\\set id random(1, ${ACCOUNTS - ROWS_IN_TRANSACTION})`,
    'BEGIN;',
    `UPDATE accounts SET amount = amount + 1, changed = clock_timestamp() WHERE id BETWEEN :id AND :id + ${ROWS_IN_TRANSACTION - 2};`,
    'INSERT INTO ticks (account) VALUES (:id);',
    'COMMIT;',
  ]
  await site.run(`pgbench -n -M prepared -c ${CLIENTS} -t ${each} -f ${script(lines)} ${source.name}`)
  const [[end = ''] = []] = await source.query('SELECT pg_current_wal_lsn()')
  const decodedByUs = await drain(site)
  const recvlogical = await timed(() =>
    site.run(
      `pg_recvlogical -d ${source.name} -S ${RECEIVED} --start -n -f /dev/null -E '${end}' -o proto_version=1 -o publication_names=bench`,
    ),
  )
  const turns = { ours: () => caughtUp(site), native: () => timed(() => subscribed(site)) }
  const first = oursFirst ? await turns.ours() : await turns.native()
  const second = oursFirst ? await turns.native() : await turns.ours()
  return {
    changes: each * CLIENTS * ROWS_IN_TRANSACTION,
    ours: oursFirst ? first : second,
    native: oursFirst ? second : first,
    decodedByUs,
    recvlogical,
  }
}

/** Seconds from the first read of the stream to the end; start of the process and look at the tables not counted. */
async function caughtUp({ subject }: CdcSite): Promise<number> {
  const child = await startChildSync({ subject: { ...subject, untilCaughtUp: true } })
  const end = await child.ended
  if (end !== 0) throw new Error(`the sync ended with ${end}: ${child.output().slice(-2_000)}`)
  const told = child
    .output()
    .trim()
    .split('\n')
    .map((line): SyncStatus => JSON.parse(line))
  const at = (state: SyncStatus['state']): number =>
    Date.parse(told.find((status) => status.state === state)?.updatedAt ?? '')
  return (at('stopped') - at('catching_up')) / 1_000
}

async function subscribed({ source, native }: CdcSite): Promise<void> {
  const [[last = ''] = []] = await source.query('SELECT max(id) FROM ticks')
  await native.query('ALTER SUBSCRIPTION bench ENABLE')
  while ((await native.query(`SELECT 1 FROM ticks WHERE id = ${last}`)).length === 0) await sleep(10)
  await native.query('ALTER SUBSCRIPTION bench DISABLE')
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1_000
}
