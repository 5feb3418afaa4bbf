import { isDeepStrictEqual } from 'node:util'
import type { Outcome, TracedRows, TraceReason } from '../../contract/biography.ts'
import { aggregateConfig } from '../../pipeline/nodes/aggregate/config.ts'
import { dedupeConfig } from '../../pipeline/nodes/dedupe/config.ts'
import { filterConfig } from '../../pipeline/nodes/filter/config.ts'
import { pivotConfig } from '../../pipeline/nodes/pivot/config.ts'
import { splitConfig } from '../../pipeline/nodes/split/config.ts'
import { keysOf } from './links.ts'
import { outputOf, type Trace, type TracedNode, type TracedOutput } from './open-trace.ts'
import { conditionReason, ruleReason, valuesOf } from './reasons.ts'

/** A node with a row of each of its inputs as far as they are known, by input. */
export interface Met {
  readonly traced: TracedNode
  readonly output: TracedOutput
  readonly own: string
  /** Numbers of the rows behind it, by input. */
  readonly behind: readonly (readonly string[] | undefined)[]
}

const BY_TYPE: Readonly<Record<string, Outcome>> = {
  join: 'joined',
  lookup: 'joined',
  aggregate: 'aggregated',
  pivot: 'aggregated',
  dedupe: 'kept',
  split: 'routed',
  explode: 'expanded',
  unpivot: 'expanded',
  compare: 'compared',
  sql: 'untraceable',
}

export function outcomeOf({ traced, output }: Pick<Met, 'traced' | 'output'>, changed: readonly string[]): Outcome {
  if (traced.node.parsed.rejectOutputs.includes(output.ref.output)) return 'rejected'
  if (traced.node.type === 'validate' && output.ref.output === 'warnings') return 'warned'
  return BY_TYPE[traced.node.type] ?? (changed.length > 0 ? 'changed' : 'passed')
}

/** Columns that the rows before do not have, or have with another value. */
export function changedColumns(before: readonly TracedRows[], after: TracedRows): string[] {
  const [row] = after.rows
  if (row === undefined) return []
  return after.columns.filter((name, i) => {
    const found = before.find(({ columns, rows }) => columns.includes(name) && rows.length > 0)
    return found === undefined || !isDeepStrictEqual(found.rows[0]?.[found.columns.indexOf(name)], row[i])
  })
}

/** Why the row is in the output. */
export async function reasonOf(trace: Trace, met: Met): Promise<TraceReason | undefined> {
  const { traced, output, own, behind } = met
  const { type, parsed, inputs } = traced.node
  const input = inputs[0] === undefined ? undefined : outputOf(trace.nodes, inputs[0])
  const [first] = behind[0] ?? []
  if (outcomeOf(met, []) === 'rejected' || outcomeOf(met, []) === 'warned') return ruleReason(trace, output, own)
  if (input !== undefined && first !== undefined) {
    if (type === 'filter') {
      return conditionReason(trace, filterConfig.parse(parsed.config).where, { input, own: first })
    }
    if (type === 'split') {
      const where = splitConfig.parse(parsed.config).cases.find(({ to }) => to === output.ref.output)?.where
      return where === undefined ? undefined : conditionReason(trace, where, { input, own: first })
    }
  }
  if (type === 'aggregate' || type === 'pivot') return groupReason(trace, met)
  if (type === 'dedupe') return winnerReason(trace, met)
  if (type === 'join' || type === 'lookup') {
    const keys = keysOf(parsed.config).map(({ left }) => left)
    const known = keys.filter((key) => output.columns.some(({ name }) => name === key))
    const values = await valuesOf(trace, output, { own, columns: known })
    const side = type === 'join' ? 'right' : 'from'
    return { kind: 'partner', side, keys: values, partners: String(behind[1]?.length ?? 0) }
  }
  return behind.some((rows) => rows === undefined) && type === 'sql'
    ? { kind: 'untraceable', because: 'sql' }
    : undefined
}

async function groupReason(trace: Trace, { traced, output, own, behind }: Met): Promise<TraceReason> {
  const { type, parsed } = traced.node
  const columns =
    type === 'pivot'
      ? pivotConfig.parse(parsed.config).rows
      : aggregateConfig.parse(parsed.config).by.map((key) => (typeof key === 'string' ? key : key.to))
  const keys = await valuesOf(trace, output, { own, columns })
  return { kind: 'group', keys, contributors: String(behind[0]?.length ?? 0) }
}

async function winnerReason(trace: Trace, { traced, output, own }: Met): Promise<TraceReason> {
  return winnerOf(trace, { traced, output, own })
}

/** The row of a dedupe's output that stayed, and the keys by which others are its duplicates. */
export async function winnerOf(
  trace: Trace,
  { traced, output, own }: Pick<Met, 'traced' | 'output' | 'own'>,
): Promise<TraceReason> {
  const all = output.columns.map(({ name }) => name)
  const { keys: named } = dedupeConfig.parse(traced.node.parsed.config)
  const values = await valuesOf(trace, output, { own, columns: all })
  const keys = named.length > 0 ? values.filter(({ column }) => named.includes(column)) : values
  return { kind: 'winner', keys, winner: Object.fromEntries(values.map(({ column, value }) => [column, value])) }
}
