/**
 * `node bench/cdc.ts [--rates 500,2000,4000] [--seconds 10] [--changes 200000] [--rounds 3] [--only latency,throughput]`: change capture
 * from PostgreSQL to PostgreSQL. Latency from commit to commit at given rates; then how long the same changes take our sync, a native
 * subscription, our decoder alone and `pg_recvlogical`, in turns of one round.
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { openCdcSite } from './cdc/cdc-site.ts'
import { latencies } from './cdc/latency.ts'
import { prepare, type Throughput, throughput } from './cdc/throughput.ts'
import { requirePrograms } from './harness/shell.ts'
import { keptRounds } from './harness/steal.ts'

const { values } = parseArgs({
  options: {
    rates: { type: 'string', default: '500,2000,4000' },
    seconds: { type: 'string', default: '10' },
    changes: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'latency,throughput' },
  },
})
await requirePrograms(['pgbench', 'psql', 'pg_recvlogical'])
await using site = await openCdcSite()
if (values.only.includes('latency')) {
  for (const { wanted, reached, p50, p95, p99 } of await latencies(
    site,
    values.rates.split(',').map(Number),
    Number(values.seconds),
  )) {
    console.log(`latency at ${wanted} tx/s (${reached} reached): p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms`)
  }
}
if (values.only.includes('throughput')) {
  await prepare(site)
  const { kept, discarded } = await keptRounds(
    Number(values.rounds),
    (round) => throughput(site, Number(values.changes), round % 2 === 1),
    (line) => console.error(line),
  )
  const turns = kept.map(({ value }) => value)
  report(turns)
  console.log(`${discarded} rounds discarded for steal`)
}
console.log(`load ${loadavg()[0]?.toFixed(1)}`)

function report(turns: readonly Throughput[]): void {
  for (const { changes, ours, native, decodedByUs, recvlogical } of turns) {
    const rate = (seconds: number): string => `${seconds.toFixed(2)} s (${Math.round(changes / seconds / 1_000)} k/s)`
    console.log(
      `${changes} changes: ours ${rate(ours)}, native ${rate(native)}, decoded ${rate(decodedByUs)}, pg_recvlogical ${rate(recvlogical)}`,
    )
  }
  const ratio = (of: (turn: Throughput) => number): string => {
    const sorted = turns.map(of).toSorted((a, b) => a - b)
    return (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(2)
  }
  console.log(`apply: ${ratio(({ ours, native }) => native / ours)} of the native subscription's rate (goal 0.9)`)
  console.log(
    `decoding: ${ratio(({ decodedByUs, recvlogical }) => recvlogical / decodedByUs)} of pg_recvlogical's rate`,
  )
}
