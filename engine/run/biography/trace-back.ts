import type { TraceStep } from '../../contract/biography.ts'
import { relationName } from '../../pipeline/compiled.ts'
import { rowsBehind } from './links.ts'
import { outputOf, type Trace, type TracedNode, type TracedOutput } from './open-trace.ts'
import { changedColumns, outcomeOf, reasonOf } from './outcomes.ts'
import { showRows } from './traced-rows.ts'

/** Every step of a row of an output, its sources first. Of several rows that one was made of, the first is followed on. */
export async function traceBack(trace: Trace, output: TracedOutput, own: string): Promise<TraceStep[]> {
  const steps = new Map<string, TraceStep>()
  const waiting: { output: TracedOutput; own: string }[] = [{ output, own }]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { ref } = next.output
    const traced = trace.nodes.find(({ node }) => node.name === ref.node)
    const key = JSON.stringify([relationName(ref), next.own])
    if (traced === undefined || steps.has(key)) continue
    const { step, feeders } = await stepOf(trace, traced, next)
    steps.set(key, step)
    waiting.push(...feeders)
  }
  const order = trace.nodes.map(({ node }) => node.name)
  return [...steps.values()].toSorted((a, b) => order.indexOf(a.node) - order.indexOf(b.node))
}

interface At {
  readonly output: TracedOutput
  readonly own: string
}

async function stepOf(trace: Trace, traced: TracedNode, at: At): Promise<{ step: TraceStep; feeders: At[] }> {
  const { output, own } = at
  const { name: node, type, inputs } = traced.node
  const after = await showRows(trace, output, [own])
  const named = { node, type, output: relationName(output.ref) }
  const locator = after.locators[0] ?? undefined
  const place = locator === undefined ? {} : { locator }
  if (type === 'source')
    return { step: { ...named, outcome: 'read', before: [], after, changed: [], ...place }, feeders: [] }
  const before: TraceStep['before'] = []
  const behind: (readonly string[] | undefined)[] = []
  const feeders: At[] = []
  for (const [index, ref] of inputs.entries()) {
    const input = outputOf(trace.nodes, ref)
    const rows = await rowsBehind(trace, { traced, output, index, own: [own] })
    behind.push(rows)
    if (input === undefined || rows === undefined) continue
    before.push(await showRows(trace, input, rows))
    const [first] = rows
    if (first !== undefined) feeders.push({ output: input, own: first })
  }
  const isLost = behind.every((rows) => rows === undefined)
  const changed = isLost ? [] : changedColumns(before, after)
  const reason = isLost
    ? ({ kind: 'untraceable', because: 'sql' } as const)
    : await reasonOf(trace, { traced, output, own, behind })
  const outcome = isLost ? 'untraceable' : outcomeOf({ traced, output }, changed)
  const step: TraceStep = {
    ...named,
    outcome,
    before,
    after,
    changed,
    ...(reason === undefined ? {} : { reason }),
    ...place,
  }
  return { step, feeders }
}
