import { readFile } from 'node:fs/promises'

/** Rounds in which the machine was busy for others for more than this share of its time are thrown away. */
const MOST_STEAL = 0.1

/** A round and the share of the machine's time that others took from it meanwhile; 0 where the system does not tell. */
export interface Round<Value> {
  readonly value: Value
  readonly steal: number
}

export interface Rounds<Value> {
  readonly kept: readonly Round<Value>[]
  readonly discarded: number
}

/**
 * Does `work` until `count` rounds were kept. A round with more than a tenth of steal is done again, at most once for each round
 * wanted; what comes after that counts however it went, and `discarded` says so.
 */
export async function keptRounds<Value>(
  count: number,
  work: (round: number) => Promise<Value>,
  say: (line: string) => void,
): Promise<Rounds<Value>> {
  const kept: Round<Value>[] = []
  let discarded = 0
  while (kept.length < count) {
    const before = await times()
    const value = await work(kept.length + 1)
    const steal = stealBetween(before, await times())
    if (steal > MOST_STEAL && discarded < count) {
      discarded++
      say(`round ${kept.length + 1} is done again: ${Math.round(steal * 100)} % of the machine's time was stolen`)
    } else kept.push({ value, steal })
  }
  return { kept, discarded }
}

export interface CpuTimes {
  readonly total: number
  readonly stolen: number
}

/** The first line of `/proc/stat`: user nice system idle iowait irq softirq steal. */
export function parseCpuTimes(stat: string): CpuTimes {
  const fields = (stat.split('\n')[0] ?? '').trim().split(/\s+/).slice(1, 9).map(Number)
  return { total: fields.reduce((sum, field) => sum + field, 0), stolen: fields[7] ?? 0 }
}

/** The share of all time that passed between two readings; 0 when none did. */
export function stealBetween(before: CpuTimes, after: CpuTimes): number {
  const passed = after.total - before.total
  return passed <= 0 ? 0 : (after.stolen - before.stolen) / passed
}

async function times(): Promise<CpuTimes> {
  return parseCpuTimes(await readFile('/proc/stat', 'utf8').catch(() => ''))
}
