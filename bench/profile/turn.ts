import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Dimension, dimensionsOf } from '../../engine/contract/profile/cross-filter.ts'
import type { Profile } from '../../engine/contract/profile/profile.ts'
import type { Duck } from '../../engine/duck/duck.ts'
import { openDuck } from '../../engine/duck/open-duck.ts'
import { openCrossFilter } from '../../engine/profile/cross/cross-filter.ts'
import { profileRelation } from '../../engine/profile/profile-relation.ts'
import { literal, type Sql, sql } from '../../engine/sql/sql.ts'

// `node bench/profile/turn.ts TURN FILE`: one turn, in a process of its own. Prints what it took as JSON.

const MEMORY_MB = 1_000
const CLICKS = 40

interface Spent {
  readonly wallMs: number
  readonly cpuMs: number
}

const { positionals } = parseArgs({ allowPositionals: true })
const [name, file] = z.tuple([z.enum(['summarize', 'profile', 'cross']), z.string()]).parse(positionals)
await using duck = await openDuck({ memoryLimitMb: MEMORY_MB })
const from = sql`read_parquet(${literal(file)})`
const spent = watch()
if (name === 'summarize') {
  await duck.rows(sql`SUMMARIZE FROM ${from}`)
  print({ spent: spent() })
} else {
  const { profile, numbers } = await profiled(duck, from)
  if (name === 'profile') print({ spent: spent(), numbers })
  else print(await crossed(duck, from, profile))
}

function print(found: object): void {
  console.log(JSON.stringify({ ...found, peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024) }))
}

/** Time from here on. Of the processor: of all threads of this process. */
function watch(): () => Spent {
  const [startedAt, before] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1_000 }
  }
}

async function profiled(reader: Duck, rowsFrom: Sql): Promise<{ profile: Profile; numbers: Spent }> {
  const since = watch()
  const columns = await reader.columns(sql`FROM ${rowsFrom}`)
  const rows = BigInt((await reader.value(sql`SELECT count(*) FROM ${rowsFrom}`)) ?? '0')
  const source = { from: () => rowsFrom, rowsNow: () => rows, settled: () => Promise.resolve(rows) }
  const facts = {
    dataset: 'lake:lines.parquet',
    scope: () => ({ isWhole: true }),
    isFull: false,
    warnings: () => [],
    now: new Date(),
  }
  let numbers: Spent | undefined
  for await (const { profile, stage } of profileRelation({ duck: reader, source, columns, ...facts })) {
    numbers ??= since()
    if (stage === 'done') return { profile, numbers }
  }
  throw new Error('the profile did not end')
}

/** Clicks on one or two charts, two bins of each, and the opening before them. */
async function crossed(reader: Duck, rowsFrom: Sql, profile: Profile): Promise<object> {
  const dimensions = dimensionsOf(profile)
  const columns = await reader.columns(sql`FROM ${rowsFrom}`)
  const opening = watch()
  const cross = await openCrossFilter({ duck: reader, from: rowsFrom, columns, dimensions, table: sql`crossed` }, {})
  const opened = opening()
  const clicks: Spent[] = []
  for (let click = 0; click < CLICKS; click++) {
    const places = [click, click + 1].slice(0, 1 + (click % 2)).map((place) => place % dimensions.length)
    const clicked = watch()
    await cross.count(
      reader,
      places.map((dimension) => ({ dimension, bins: binsOf(dimensions[dimension], click) })),
      {},
    )
    clicks.push(clicked())
  }
  return { spent: opened, dimensions: dimensions.length, clicks }
}

function binsOf(dimension: Dimension | undefined, click: number): number[] {
  return dimension?.kind === 'condition' || dimension?.kind === 'dependency' ? [0] : [click % 3, 5]
}
