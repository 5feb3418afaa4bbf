import type { Outcome, TraceReason, TraceStep } from '../../contract/biography.ts'
import { relationName } from '../../pipeline/compiled.ts'
import { aggregateConfig } from '../../pipeline/nodes/aggregate/config.ts'
import { dedupeConfig } from '../../pipeline/nodes/dedupe/config.ts'
import { filterConfig } from '../../pipeline/nodes/filter/config.ts'
import { splitConfig } from '../../pipeline/nodes/split/config.ts'
import { keysOf, rowsAhead } from './links.ts'
import { outputOf, type Trace, type TracedNode, type TracedOutput } from './open-trace.ts'
import { changedColumns, outcomeOf, reasonOf, winnerOf } from './outcomes.ts'
import { conditionReason, ruleReason, valuesOf } from './reasons.ts'
import { findRows, showRows } from './traced-rows.ts'

interface At {
  readonly output: TracedOutput
  readonly own: string
}

/** Every step of a source's row until the asked output, or until the node that did not let it through. */
export async function traceForward(trace: Trace, source: TracedOutput, own: string): Promise<TraceStep[]> {
  const after = await showRows(trace, source, [own])
  const locator = after.locators[0] ?? undefined
  const { node } = source.ref
  const name = relationName(source.ref)
  const read: TraceStep = { node, type: 'source', output: name, outcome: 'read', before: [], after, changed: [] }
  const steps: TraceStep[] = [locator === undefined ? read : { ...read, locator }]
  const alive = new Map<string, At>([[relationName(source.ref), { output: source, own }]])
  const needed = upstream(trace)
  for (const traced of trace.nodes) {
    for (const [index, ref] of traced.node.inputs.entries()) {
      const at = alive.get(relationName(ref))
      if (at === undefined) continue
      const met = await meet(trace, traced, { at, index, needed })
      steps.push(met.step)
      for (const next of met.next) alive.set(relationName(next.output.ref), next)
    }
  }
  return steps
}

/** Outputs from which the asked one is made; a row that is only in others is lost to it. */
function upstream({ nodes, ref }: Trace): Set<string> {
  const found = new Set([relationName(ref)])
  for (const { node, outputs } of nodes.toReversed()) {
    if (!outputs.some((output) => found.has(relationName(output.ref)))) continue
    for (const input of node.inputs) found.add(relationName(input))
  }
  return found
}

interface Meeting {
  readonly at: At
  readonly index: number
  readonly needed: ReadonlySet<string>
}

async function meet(
  trace: Trace,
  traced: TracedNode,
  { at, index, needed }: Meeting,
): Promise<{ step: TraceStep; next: At[] }> {
  const { name: node, type } = traced.node
  const before = [await showRows(trace, at.output, [at.own])]
  const found: { output: TracedOutput; rows: string[] | undefined }[] = []
  for (const output of traced.outputs) {
    found.push({ output, rows: await rowsAhead(trace, { traced, output, index, own: [at.own] }) })
  }
  const onward = found.find(({ output, rows }) => needed.has(relationName(output.ref)) && (rows?.length ?? 0) > 0)
  const [own] = onward?.rows ?? []
  if (onward !== undefined && own !== undefined) {
    const after = await showRows(trace, onward.output, onward.rows ?? [])
    const changed = changedColumns(before, after)
    const behind = traced.node.inputs.map((_ref, i) => (i === index ? [at.own] : undefined))
    const reason = await reasonOf(trace, { traced, output: onward.output, own, behind })
    const outcome = outcomeOf({ traced, output: onward.output }, changed)
    const output = relationName(onward.output.ref)
    const step: TraceStep = { node, type, output, outcome, before, after, changed }
    return { step: reason === undefined ? step : { ...step, reason }, next: [{ output: onward.output, own }] }
  }
  const elsewhere = found.find(({ rows }) => (rows?.length ?? 0) > 0)
  const lost = await lossOf(trace, traced, { at, index, elsewhere: elsewhere?.output, rows: elsewhere?.rows ?? [] })
  const isUnknown = found.every(({ rows }) => rows === undefined)
  const outcome = isUnknown ? 'untraceable' : lost.outcome
  const reason = isUnknown ? ({ kind: 'untraceable', because: 'sql' } as const) : lost.reason
  const output = elsewhere === undefined ? {} : { output: relationName(elsewhere.output.ref) }
  const step: TraceStep = { node, type, ...output, outcome, before, changed: [] }
  return { step: reason === undefined ? step : { ...step, reason }, next: [] }
}

interface Loss {
  readonly at: At
  readonly index: number
  readonly elsewhere: TracedOutput | undefined
  readonly rows: readonly string[]
}

interface Lost {
  readonly outcome: Outcome
  readonly reason?: TraceReason | undefined
}

async function lossOf(trace: Trace, traced: TracedNode, loss: Loss): Promise<Lost> {
  const { at, elsewhere, rows } = loss
  const { type, parsed } = traced.node
  const [there] = rows
  if (elsewhere !== undefined && there !== undefined && parsed.rejectOutputs.includes(elsewhere.ref.output)) {
    return { outcome: 'rejected', reason: await ruleReason(trace, elsewhere, there) }
  }
  const input = { input: at.output, own: at.own }
  switch (type) {
    case 'filter':
      return {
        outcome: 'filtered',
        reason: await conditionReason(trace, filterConfig.parse(parsed.config).where, input),
      }
    case 'split': {
      const where = splitConfig.parse(parsed.config).cases.find(({ to }) => to === elsewhere?.ref.output)?.where
      return { outcome: 'routed', reason: where === undefined ? undefined : await conditionReason(trace, where, input) }
    }
    case 'join':
    case 'lookup':
      return { outcome: 'lost_join', reason: await partnerReason(trace, traced, loss) }
    case 'dedupe':
      return { outcome: 'duplicate', reason: await winnerAhead(trace, traced, at) }
    case 'aggregate': {
      const { having } = aggregateConfig.parse(parsed.config)
      const reason = { kind: 'condition' as const, condition: having ?? '', value: false, operands: [] }
      return { outcome: 'filtered', reason }
    }
    case 'compare':
      return { outcome: 'compared' }
    default:
      return { outcome: 'cut', reason: { kind: 'cut' } }
  }
}

/** The keys with which the row looked for a partner on the other side, and how many it had. */
async function partnerReason(trace: Trace, { node }: TracedNode, { at, index }: Loss): Promise<TraceReason> {
  const other = node.inputs[index === 0 ? 1 : 0]
  const pairs = keysOf(node.parsed.config)
  const own = pairs.map(({ left, right }) => (index === 0 ? left : right))
  const theirs = pairs.map(({ left, right }) => (index === 0 ? right : left))
  const keys = await valuesOf(trace, at.output, { own: at.own, columns: own })
  const partner = other === undefined ? undefined : outputOf(trace.nodes, other)
  const isKnown = partner !== undefined && keys.every(({ value }) => value !== null)
  const wanted = Object.fromEntries(keys.map(({ value }, i) => [theirs[i] ?? '', value]))
  const partners = isKnown ? await findRows(trace, partner, wanted) : []
  const side = node.type === 'lookup' ? 'from' : index === 0 ? 'right' : 'left'
  return { kind: 'partner', side, keys, partners: String(partners.length) }
}

async function winnerAhead(trace: Trace, traced: TracedNode, at: At): Promise<TraceReason | undefined> {
  const [output] = traced.outputs
  if (output === undefined) return undefined
  const { keys } = dedupeConfig.parse(traced.node.parsed.config)
  const columns = keys.length > 0 ? keys : at.output.columns.map(({ name }) => name)
  const values = await valuesOf(trace, at.output, { own: at.own, columns })
  const [own] = await findRows(trace, output, Object.fromEntries(values.map(({ column, value }) => [column, value])), 1)
  return own === undefined ? undefined : winnerOf(trace, { traced, output, own })
}
