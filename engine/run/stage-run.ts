import type { Duck } from '../duck/duck.ts'
import { planFlow } from './flow-plan.ts'
import { moveAsBytes } from './move-bytes.ts'
import { moveAsSet, moveAsStream } from './move-rows.ts'
import { planStrategy, type Strategy } from './plan-strategy.ts'
import type { PreparedRun, RunContext } from './prepare.ts'
import { keepRejects, openQuarantine } from './quarantine.ts'
import { assertRejectLimits } from './reject-limits.ts'
import { emptyCounts, type FlowCounts, printedTallies, tallyNodes, tallyRun } from './row-counts.ts'
import { verifyTarget } from './targets.ts'
import { volatility } from './volatile.ts'

export interface StagedRun {
  readonly strategy: Strategy
  readonly counts: FlowCounts
  readonly bytesRead: bigint
}

/**
 * Brings all rows into the stages of the targets, keeps the rejects, checks limits and checksums. Commits nothing.
 * @throws Failure `run.too_many_rejects`, `run.verification_failed`, `run.rows_unaccounted` and what reading and staging throw.
 */
export async function stageRun(context: RunContext, run: PreparedRun): Promise<StagedRun> {
  const { duck, targets, pipeline } = run
  const { progress, signal, request } = context
  await openQuarantine(duck)
  const counts = emptyCounts()
  const strategy = planStrategy(pipeline, {
    hasCommonBytes: run.bytes !== undefined,
    readings: run.sources.map(({ reading }) => (reading.parts === undefined ? 'relation' : 'parts')),
  })
  context.ports.emit({ kind: 'log', step: 'strategy', message: strategy })
  await move(context, run, { strategy, counts })
  progress.counted(() => printedTallies(pipeline, counts), true)
  await progress.step('rejects', () => keepRejects(duck, request.runDirectory))
  assertRejectLimits(request.limits, rejectTotals(run, counts), true)
  tallyRun(pipeline, counts)
  for (const open of targets) {
    await progress.step(`verify ${open.target.node}`, () => verifyTarget(duck, open, signal))
  }
  return { strategy, counts, bytesRead: bytesRead(run) }
}

interface Move {
  readonly strategy: Strategy
  readonly counts: FlowCounts
}

async function move(context: RunContext, run: PreparedRun, { strategy, counts }: Move): Promise<void> {
  const { duck, intake, pipeline, sources, targets, bytes } = run
  const { progress, signal } = context
  const [target] = targets
  if (strategy === 'bytes' && bytes !== undefined && target !== undefined) {
    const { node } = target.target
    return progress.step(`load ${node}`, () => moveAsBytes(bytes, target, { counts, source: target.target.input.node }))
  }
  const movement = {
    pipeline,
    plan: planFlow(pipeline, await volatility(duck)),
    sources,
    targets,
    counts,
    duck,
    intake,
    progress,
    signal,
    checkLimits: async () => {
      progress.counted(() => printedTallies(pipeline, counts))
      await checkEarly(context, run, { duck, counts })
    },
  }
  if (strategy === 'streamed') {
    return progress.step('stream', () => moveAsStream(movement))
  }
  signal.throwIfAborted()
  await moveAsSet(movement)
}

/** Stops a run that has too many rejects already; they are kept first, so that a person can see them. */
async function checkEarly(
  { request }: RunContext,
  run: PreparedRun,
  { duck, counts }: { readonly duck: Duck; readonly counts: FlowCounts },
): Promise<void> {
  try {
    assertRejectLimits(request.limits, rejectTotals(run, counts), false)
  } catch (error) {
    await keepRejects(duck, request.runDirectory)
    throw error
  }
}

function rejectTotals({ pipeline }: PreparedRun, counts: FlowCounts): { read: bigint; rejected: bigint } {
  const tallies = tallyNodes(pipeline, counts)
  const sources = new Set(pipeline.sources.map(({ node }) => node))
  return {
    read: tallies.filter(({ node }) => sources.has(node)).reduce((sum, { rowsIn }) => sum + rowsIn, 0n),
    rejected: tallies.reduce((sum, { rejected }) => sum + rejected, 0n),
  }
}

function bytesRead({ sources, bytes }: PreparedRun): bigint {
  return sources.reduce((sum, { reading }) => sum + reading.counts().bytes, bytes?.counts().bytes ?? 0n)
}
