import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { newId } from '../../engine/base/ids.ts'
import { writeFileDurably } from '../../engine/os/durable-file.ts'
import { printYaml } from '../../engine/workspace/write-yaml.ts'
import type { Bench } from './bench.ts'
import { type BenchSite, openSite } from './site.ts'
import { keptRounds, type Rounds } from './steal.ts'

const ENGINE_RUN = join(import.meta.dirname, 'engine-run.ts')

const runSchema = z.object({
  elapsedMs: z.number(),
  cpuSeconds: z.number(),
  peakRssMb: z.number(),
  written: z.string(),
})
type EngineRun = z.infer<typeof runSchema>

export interface BenchOptions {
  readonly rows: number
  readonly rounds: number
  /** Also measure the default, which reads the stage back and compares checksums. */
  readonly verified: boolean
  readonly say: (line: string) => void
}

export interface BenchResult {
  readonly name: string
  readonly rows: number
  readonly rowsPerSecond: number
  readonly cpuSecondsPerMillionRows: number
  readonly peakRssMb: number
  /** What we are compared with, and its median seconds. */
  readonly floor: { readonly what: string; readonly seconds: number; readonly rowsPerSecond: number }
  /** Our time divided by the floor's, medians; nothing is verified beyond the count, as in the floor. */
  readonly ratio: number
  readonly verifiedRatio?: number
  readonly verify: 'counts'
  /** Rounds that were done again because much of the machine's time was stolen. */
  readonly discardedRounds: number
  readonly rounds: readonly {
    readonly floorMs: number
    readonly oursMs: number
    readonly verifiedMs?: number
    readonly steal: number
  }[]
}

/** Interleaved rounds: floor, ours, floor, ours …; medians. The start of our process is not counted; that of `psql` and `mariadb` is. */
export async function measure(bench: Bench, options: BenchOptions): Promise<BenchResult> {
  const { rows, rounds, verified, say } = options
  say(`${bench.name}: preparing ${rows} rows`)
  await using site = await openSite(bench.needs, rows)
  for (const verify of ['counts', 'checksum'] as const) {
    const file = join(site.workspace, 'pipelines', `${verify}.yaml`)
    await writeFileDurably(file, printYaml(bench.pipeline(site, verify)))
  }
  const found = await keptRounds(
    rounds,
    async (round) => {
      const turn = await oneRound(bench, site, { rows, verified })
      say(`${bench.name}: round ${round}: floor ${text(turn.floorMs)}, ours ${text(turn.ours.elapsedMs)}`)
      return turn
    },
    (line) => say(`${bench.name}: ${line}`),
  )
  return result(bench, rows, found)
}

interface Turn {
  readonly floorMs: number
  readonly ours: EngineRun
  readonly verifiedMs: number | undefined
}

async function oneRound(
  bench: Bench,
  site: BenchSite,
  { rows, verified }: Pick<BenchOptions, 'rows' | 'verified'>,
): Promise<Turn> {
  await bench.reset(site)
  const startedAt = performance.now()
  const printed = await site.run(bench.floorCommand(site))
  const floorMs = bench.floorTimesItself === true ? Number(printed) : performance.now() - startedAt
  await bench.reset(site)
  const ours = await runEngine(site, 'counts')
  if (bench.changesRowCount !== true && ours.written !== String(rows)) {
    throw new Error(`${bench.name}: ${ours.written} rows were written, not ${rows}`)
  }
  if (!verified) return { floorMs, ours, verifiedMs: undefined }
  await bench.reset(site)
  return { floorMs, ours, verifiedMs: (await runEngine(site, 'checksum')).elapsedMs }
}

function result({ name, floor }: Bench, rows: number, { kept, discarded }: Rounds<Turn>): BenchResult {
  const turns = kept.map(({ value }) => value)
  const floorMs = median(turns.map((turn) => turn.floorMs))
  const oursMs = median(turns.map(({ ours }) => ours.elapsedMs))
  const verified = turns.flatMap(({ verifiedMs }) => (verifiedMs === undefined ? [] : [verifiedMs]))
  return {
    name,
    rows,
    rowsPerSecond: Math.round((rows * 1_000) / oursMs),
    cpuSecondsPerMillionRows: rounded(median(turns.map(({ ours }) => ours.cpuSeconds)) / (rows / 1e6)),
    peakRssMb: Math.round(Math.max(...turns.map(({ ours }) => ours.peakRssMb))),
    floor: { what: floor, seconds: rounded(floorMs / 1_000), rowsPerSecond: Math.round((rows * 1_000) / floorMs) },
    ratio: rounded(oursMs / floorMs),
    ...(verified.length === 0 ? {} : { verifiedRatio: rounded(median(verified) / floorMs) }),
    verify: 'counts',
    discardedRounds: discarded,
    rounds: kept.map(({ value, steal }) => ({
      floorMs: Math.round(value.floorMs),
      oursMs: Math.round(value.ours.elapsedMs),
      ...(value.verifiedMs === undefined ? {} : { verifiedMs: Math.round(value.verifiedMs) }),
      steal: rounded(steal),
    })),
  }
}

async function runEngine(site: BenchSite, pipeline: string): Promise<EngineRun> {
  const runId = newId()
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [ENGINE_RUN, site.workspace, pipeline, join(site.directory, 'runs', runId), runId],
    { env: { ...process.env, ...site.environment }, maxBuffer: 1 << 20 },
  )
  return runSchema.parse(JSON.parse(stdout))
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}

function text(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`
}
