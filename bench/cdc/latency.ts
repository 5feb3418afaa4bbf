import { setTimeout as sleep } from 'node:timers/promises'
import { startChildSync } from '../../engine/testing/faults/run-child-sync.ts'
import { ACCOUNTS, type CdcSite, script } from './cdc-site.ts'

export interface Latency {
  readonly wanted: number
  /** Transactions per second that the source took. */
  readonly reached: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

const CLIENTS = 8

/**
 * From commit to commit, in ms: both servers note when a transaction was committed (`track_commit_timestamp`), and each transaction
 * leaves a row whose `xmin` names it in both. The first second is not counted.
 */
export async function latencies(site: CdcSite, rates: readonly number[], seconds: number): Promise<Latency[]> {
  const child = await startChildSync({ subject: site.subject })
  try {
    while (!child.output().includes('"state":"streaming"')) await sleep(50)
    const results: Latency[] = []
    for (const wanted of rates) results.push(await latencyAt(site, wanted, seconds))
    return results
  } finally {
    child.process.kill('SIGTERM')
    await child.ended
  }
}

async function latencyAt(site: CdcSite, wanted: number, seconds: number): Promise<Latency> {
  const { source, ours } = site
  const [[before = '0'] = []] = await source.query('SELECT coalesce(max(id), 0) FROM ticks')
  const lines = [
    `\\set id random(1, ${ACCOUNTS})`,
    'BEGIN;',
    'UPDATE accounts SET amount = amount + 1, changed = clock_timestamp() WHERE id = :id;',
    'INSERT INTO ticks (account) VALUES (:id);',
    'COMMIT;',
  ]
  await site.run(
    `pgbench -n -M prepared -c ${CLIENTS} -j 2 -R ${wanted} -T ${seconds + 1} -f ${script(lines)} ${source.name}`,
  )
  const [[last = '0'] = []] = await source.query('SELECT max(id) FROM ticks')
  while ((await ours.query(`SELECT 1 FROM ticks WHERE id = ${last}`)).length === 0) await sleep(50)
  const times = `SELECT id, extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000 FROM ticks WHERE id > ${before} ORDER BY id`
  const [there, here] = [
    await source.query(times),
    new Map((await ours.query(times)).map(([id, at]) => [id, Number(at)])),
  ]
  const from = Number(there[0]?.[1]) + 1_000
  const counted = there.filter(([, at]) => Number(at) >= from)
  const delays = counted.map(([id, at]) => (here.get(id ?? null) ?? Number.NaN) - Number(at)).toSorted((a, b) => a - b)
  const at = (share: number): number =>
    Math.round(delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? Number.NaN)
  const spanMs = Number(counted.at(-1)?.[1]) - from
  return { wanted, reached: Math.round((counted.length * 1_000) / spanMs), p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
