/**
 * `node bench/profile.ts [--rows N] [--rounds N] [--only NAMES] [--ydata PYTHON]`: a profile of the bench table (17 columns) against
 * SUMMARIZE of a bare DuckDB and, with the Python that has it, ydata-profiling; and cross-filtering over its first 3 M rows. Every
 * turn has a process of its own; rounds are interleaved, and every other one goes the other way round; medians count.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { z } from 'zod'
import { writeParquet } from './harness/rows.ts'
import { keptRounds } from './harness/steal.ts'

const CROSSED_ROWS = 3_000_000
const NAMES = ['summarize', 'profile', 'ydata', 'cross'] as const
type Name = (typeof NAMES)[number]

const spentSchema = z.object({ wallMs: z.number(), cpuMs: z.number() })
const turnSchema = z.object({
  spent: spentSchema,
  numbers: spentSchema.optional(),
  clicks: z.array(spentSchema).optional(),
  peakRssMb: z.number(),
})
type Turn = z.infer<typeof turnSchema>
type Turns = Partial<Record<Name, Turn>>

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '6000000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'summarize,profile,cross' },
    ydata: { type: 'string' },
  },
})
const wanted = [...values.only.split(','), ...(values.ydata === undefined ? [] : ['ydata'])]
const names = NAMES.filter((name) => wanted.includes(name))
const directory = await mkdtemp(join(tmpdir(), 'runnel-bench-'))
try {
  const [file, crossed] = [join(directory, 'lines.parquet'), join(directory, 'crossed.parquet')]
  await writeParquet(file, Number(values.rows))
  if (names.includes('cross')) await writeParquet(crossed, Math.min(Number(values.rows), CROSSED_ROWS))
  const { kept, discarded } = await keptRounds(
    Number(values.rounds),
    async (round) => {
      const turns: Turns = {}
      for (const name of round % 2 === 1 ? names : names.toReversed())
        turns[name] = await apart(name, name === 'cross' ? crossed : file)
      console.error(`round ${round}: ${names.map((name) => `${name} ${text(turns[name]?.spent)}`).join(', ')}`)
      return turns
    },
    (line) => console.error(line),
  )
  report(kept.map(({ value }) => value))
  const steal = Math.max(...kept.map((round) => round.steal))
  console.log(
    `load ${loadavg()[0]?.toFixed(1)}, steal at most ${Math.round(steal * 100)} %, ${discarded} rounds discarded`,
  )
} finally {
  await rm(directory, { recursive: true, force: true })
}

async function apart(name: Name, file: string): Promise<Turn> {
  const here = join(import.meta.dirname, 'profile')
  const { stdout } =
    name === 'ydata'
      ? await promisify(execFile)(values.ydata ?? 'python3', [join(here, 'ydata.py'), file])
      : await promisify(execFile)(process.execPath, [join(here, 'turn.ts'), name, file])
  return turnSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
}

function report(rounds: readonly Turns[]): void {
  const of = (name: Name): Turn[] => rounds.flatMap((turns) => turns[name] ?? [])
  const ours = middle(of('profile').map(({ spent }) => spent))
  console.log(`rows ${Number(values.rows).toLocaleString('en')}, 17 columns, ${rounds.length} rounds; wall / processor`)
  for (const name of names) {
    const turns = of(name)
    const spent = middle(turns.map((turn) => turn.spent))
    const isPeer = name === 'summarize' || name === 'ydata'
    const ratio =
      isPeer && ours.cpuMs > 0
        ? `, ${(spent.wallMs / ours.wallMs).toFixed(2)} / ${(spent.cpuMs / ours.cpuMs).toFixed(2)} times ours`
        : ''
    const memory = Math.max(...turns.map(({ peakRssMb }) => peakRssMb))
    console.log(`${(name === 'cross' ? 'cross-filter opened' : name).padEnd(20)} ${text(spent)}${ratio}, ${memory} MB`)
  }
  const numbers = of('profile').flatMap((turn) => turn.numbers ?? [])
  if (numbers.length > 0) console.log(`${'first numbers'.padEnd(20)} ${text(middle(numbers))}`)
  const clicks = of('cross').flatMap((turn) => turn.clicks ?? [])
  if (clicks.length > 0)
    console.log(`${'a click'.padEnd(20)} ${text(middle(clicks))}; p95 ${text(middle(clicks, 0.95))}`)
}

/** Each figure by itself: the one that so large a share of them do not exceed. */
function middle(spent: readonly z.infer<typeof spentSchema>[], share = 0.5): z.infer<typeof spentSchema> {
  const at = (figures: readonly number[]): number =>
    figures.toSorted((a, b) => a - b)[Math.floor(figures.length * share)] ?? 0
  return { wallMs: at(spent.map(({ wallMs }) => wallMs)), cpuMs: at(spent.map(({ cpuMs }) => cpuMs)) }
}

function text(spent: z.infer<typeof spentSchema> | undefined): string {
  return spent === undefined ? '-' : `${(spent.wallMs / 1_000).toFixed(3)} / ${(spent.cpuMs / 1_000).toFixed(3)} s`
}
