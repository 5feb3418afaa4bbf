import { cpus, loadavg, totalmem } from 'node:os'
import type { Rounds } from '../harness/steal.ts'

export interface UiOptions {
  /** Rows, nodes or tables, whatever the bench counts; its own number when absent. */
  readonly rows: number | undefined
  readonly rounds: number
  readonly say: (line: string) => void
}

/** One thing that people wait for or look at, measured in a real browser. */
export interface UiBench {
  readonly name: string
  /** What `--rows` counts, and how many there are without it; absent where nothing is counted. */
  readonly size?: { readonly what: string; readonly usual: number }
  readonly run: (options: UiOptions) => Promise<Pick<UiResult, 'measures' | 'rounds'>>
}

/** One figure with what it is compared with, measured in the same run. */
export interface Measure {
  readonly what: string
  readonly unit: 'ms' | 'kB' | 'x'
  readonly ours: number
  /** By name: an idle page, another's component, a bare tool. */
  readonly compared: Readonly<Record<string, number>>
  /** `ours` is to be at most this. */
  readonly goal?: number
}

export interface UiResult {
  readonly name: string
  readonly at: string
  readonly machine: { readonly cpus: number; readonly model: string; readonly memoryGb: number; readonly load: number }
  readonly measures: readonly Measure[]
  readonly rounds: { readonly kept: number; readonly discarded: number; readonly mostSteal: number }
}

export async function runUiBench(bench: UiBench, options: UiOptions): Promise<UiResult> {
  const { measures, rounds } = await bench.run(options)
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: rounded(loadavg()[0] ?? 0),
  }
  return { name: bench.name, at: new Date().toISOString(), machine, measures, rounds }
}

export function roundsTold({ kept, discarded }: Rounds<unknown>): UiResult['rounds'] {
  return { kept: kept.length, discarded, mostSteal: rounded(Math.max(0, ...kept.map(({ steal }) => steal))) }
}

/** The value that the given share of all is at most; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? 0
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

/** One line for each measure: ours, the goal and whether it was met, then what it is compared with and how many times that ours is. */
export function uiTable({ name, machine, measures, rounds, at }: UiResult): string {
  const { cpus: count, model, memoryGb, load } = machine
  const lines = measures.map(({ what, unit, ours, compared, goal }) => {
    const verdict = goal === undefined ? '' : `goal ${goal} ${unit} ${ours <= goal ? 'met' : 'MISSED'}`
    const others = Object.entries(compared).map(([who, value]) => `${who} ${rounded(value)} (${times(ours, value)})`)
    return `  ${what.padEnd(44)}${`${rounded(ours)} ${unit}`.padEnd(14)}${verdict.padEnd(22)}${others.join(', ')}`
  })
  const { kept, discarded, mostSteal } = rounds
  const seen = `${at}, ${count} x ${model}, ${memoryGb} GB, load ${load}, ${kept} rounds kept, ${discarded} discarded, steal at most ${Math.round(mostSteal * 100)} %`
  return [name, ...lines.map((line) => line.trimEnd()), `  ${seen}`].join('\n')
}

function times(ours: number, other: number): string {
  return other === 0 ? 'none' : `${rounded(ours / other)} x`
}
