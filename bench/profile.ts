/**
 * `node bench/profile.ts [--rows N] [--rounds N]`: a profile of the bench table (17 columns) against SUMMARIZE of a bare DuckDB, and
 * cross-filtering over its first 3 M rows. Every turn has a process of its own; rounds are interleaved, medians count.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { z } from 'zod'
import { type Dimension, dimensionsOf } from '../engine/contract/profile/cross-filter.ts'
import type { Profile } from '../engine/contract/profile/profile.ts'
import type { Duck } from '../engine/duck/duck.ts'
import { openDuck } from '../engine/duck/open-duck.ts'
import { openCrossFilter } from '../engine/profile/cross/cross-filter.ts'
import { profileRelation } from '../engine/profile/profile-relation.ts'
import { literal, type Sql, sql } from '../engine/sql/sql.ts'
import { writeRows } from './harness/rows.ts'

const TURNS = ['summarize', 'profile', 'cross'] as const
const CROSSED_ROWS = 3_000_000
const CLICKS = 40
const MEMORY_MB = 1_000

const turnSchema = z.object({
  elapsedMs: z.number(),
  firstMs: z.number().optional(),
  p95Ms: z.number().optional(),
  peakRssMb: z.number(),
})
type Turn = z.infer<typeof turnSchema>

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '6000000' },
    rounds: { type: 'string', default: '3' },
    turn: { type: 'string' },
    file: { type: 'string' },
  },
})
if (values.turn === undefined) await compare(Number(values.rows), Number(values.rounds))
else console.log(JSON.stringify(await turn(z.enum(TURNS).parse(values.turn), values.file ?? '')))

async function compare(rows: number, rounds: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'runnel-bench-'))
  try {
    const { parquet } = await writeRows(directory, rows)
    const turns: Record<(typeof TURNS)[number], Turn[]> = { summarize: [], profile: [], cross: [] }
    for (let round = 1; round <= rounds; round++) {
      for (const name of TURNS) turns[name].push(await apart(name, parquet))
    }
    const [floor, ours, cross] = TURNS.map((name) => median(turns[name].map(({ elapsedMs }) => elapsedMs)))
    console.log(`rows                     ${rows.toLocaleString('en')}`)
    console.log(`SUMMARIZE                ${seconds(floor)}`)
    console.log(
      `profile                  ${seconds(ours)}, first numbers after ${seconds(median(turns.profile.map(({ firstMs }) => firstMs ?? 0)))}`,
    )
    console.log(`ratio (SUMMARIZE / ours) ${((floor ?? 0) / (ours ?? 1)).toFixed(2)}`)
    console.log(`peak RSS                 ${Math.max(...turns.profile.map(({ peakRssMb }) => peakRssMb))} MB`)
    console.log(
      `cross-filter             median ${seconds(cross)}, p95 ${seconds(median(turns.cross.map(({ p95Ms }) => p95Ms ?? 0)))}`,
    )
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function apart(name: string, file: string): Promise<Turn> {
  const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, '--turn', name, '--file', file])
  return turnSchema.parse(JSON.parse(stdout))
}

async function turn(name: (typeof TURNS)[number], file: string): Promise<Turn> {
  await using duck = await openDuck({ memoryLimitMb: MEMORY_MB })
  const from = sql`read_parquet(${literal(file)})`
  const startedAt = performance.now()
  const peakRssMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024)
  if (name === 'summarize') {
    await duck.rows(sql`SUMMARIZE FROM ${from}`)
    return { elapsedMs: performance.now() - startedAt, peakRssMb: peakRssMb() }
  }
  if (name === 'profile') {
    const { firstMs } = await profiled(duck, from)
    return { elapsedMs: performance.now() - startedAt, firstMs, peakRssMb: peakRssMb() }
  }
  const times = await clicks(duck, sql`(FROM ${from} LIMIT ${literal(CROSSED_ROWS)})`)
  return { elapsedMs: median(times) ?? 0, p95Ms: times[Math.floor(times.length * 0.95)] ?? 0, peakRssMb: peakRssMb() }
}

async function profiled(duck: Duck, from: Sql): Promise<{ profile: Profile; firstMs: number }> {
  const startedAt = performance.now()
  const columns = await duck.columns(sql`FROM ${from}`)
  const rows = BigInt((await duck.value(sql`SELECT count(*) FROM ${from}`)) ?? '0')
  const source = { from: () => from, rowsNow: () => rows, settled: () => Promise.resolve(rows) }
  const facts = {
    dataset: 'lake:lines.parquet',
    scope: () => ({ isWhole: true }),
    isFull: false,
    warnings: () => [],
    now: new Date(),
  }
  let firstMs = 0
  for await (const { profile, stage } of profileRelation({ duck, source, columns, ...facts })) {
    if (firstMs === 0) firstMs = performance.now() - startedAt
    if (stage === 'done') return { profile, firstMs }
  }
  throw new Error('the profile did not end')
}

/** Times of clicks on one or two charts, in order. */
async function clicks(duck: Duck, from: Sql): Promise<number[]> {
  const { profile } = await profiled(duck, from)
  const dimensions = dimensionsOf(profile)
  const columns = await duck.columns(sql`FROM ${from}`)
  const cross = await openCrossFilter({ duck, from, columns, dimensions, table: sql`crossed` }, {})
  const times: number[] = []
  const binsOf = (dimension: Dimension | undefined, click: number): number[] =>
    dimension?.kind === 'condition' ? [0] : [click % 3, 5]
  for (let click = 0; click < CLICKS; click++) {
    const places =
      click % 2 === 0 ? [click % dimensions.length] : [click % dimensions.length, (click + 1) % dimensions.length]
    const startedAt = performance.now()
    await cross.count(
      duck,
      places.map((dimension) => ({ dimension, bins: binsOf(dimensions[dimension], click) })),
      {},
    )
    times.push(performance.now() - startedAt)
  }
  return times.toSorted((a, b) => a - b)
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

function seconds(ms: number | undefined): string {
  return `${((ms ?? 0) / 1_000).toFixed(2)} s`
}
