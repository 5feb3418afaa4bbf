import { configDigest } from '../contract/config-digest.ts'
import type { Receipt } from '../contract/run.ts'
import { killPoint } from './kill-point.ts'
import type { PreparedRun, RunContext } from './prepare.ts'
import { readReceipt, writeReceipt } from './receipt-file.ts'
import { printedTallies, tallyRun } from './row-counts.ts'
import type { StagedRun } from './stage-run.ts'
import { printOutcome, targetReceipt } from './targets.ts'

export interface Staged {
  readonly staged: StagedRun
  readonly startedAt: string
  /** `process.cpuUsage()` when the attempt began. */
  readonly cpuBefore: NodeJS.CpuUsage
}

/**
 * Commits the targets in their order and writes the receipt.
 *
 * A copy of the receipt is on the disk before the first commit; should the process die after the last one, the run is finished
 * from it without reading the sources again.
 */
export async function commitTargets(context: RunContext, run: PreparedRun, staged: Staged): Promise<Receipt> {
  const { request, progress, ports, signal } = context
  signal.throwIfAborted()
  await writeReceipt(request.runDirectory, 'prepared', receiptOf(context, run, staged))
  killPoint('before-commit')
  for (const [i, open] of run.targets.entries()) {
    open.outcome ??= await progress.step(`commit ${open.target.node}`, () => open.writer.commit())
    if (i === 0) killPoint('after-first-commit')
  }
  killPoint('after-commit')
  const receipt = receiptOf(context, run, staged)
  await writeReceipt(request.runDirectory, 'final', receipt)
  killPoint('after-receipt')
  ports.emit({ kind: 'state', state: 'succeeded' })
  return receipt
}

/**
 * Ends a run whose targets were all committed before its receipt could be written, from the copy kept before the first commit.
 * Undefined when some target is still to be loaded.
 */
export async function finishCommitted(context: RunContext, run: PreparedRun): Promise<Receipt | undefined> {
  const { request, ports } = context
  if (run.targets.some(({ outcome }) => outcome === undefined)) return undefined
  const prepared = await readReceipt(request.runDirectory, 'prepared')
  if (prepared === undefined) return undefined
  const targets = prepared.targets.map((target) => {
    const outcome = run.targets.find(({ target: { node } }) => node === target.node)?.outcome
    return outcome === undefined ? target : { ...target, ...printOutcome(outcome) }
  })
  const receipt = { ...prepared, targets, attempts: request.attempt, finishedAt: new Date().toISOString() }
  await writeReceipt(request.runDirectory, 'final', receipt)
  ports.emit({ kind: 'state', state: 'succeeded' })
  return receipt
}

function receiptOf(
  { request, progress }: RunContext,
  run: PreparedRun,
  { staged, startedAt, cpuBefore }: Staged,
): Receipt {
  const { user, system } = process.cpuUsage(cpuBefore)
  return {
    runId: request.runId,
    pipeline: request.pipelineName,
    state: 'succeeded',
    startedAt,
    finishedAt: new Date().toISOString(),
    attempts: request.attempt,
    counts: tallyRun(run.pipeline, staged.counts),
    nodes: printedTallies(run.pipeline, staged.counts),
    configs: Object.fromEntries(Object.entries(request.file.nodes).map(([name, node]) => [name, configDigest(node)])),
    targets: run.targets.map(targetReceipt),
    bytesRead: String(staged.bytesRead),
    durationsMs: progress.durationsMs(),
    cpuSeconds: (user + system) / 1e6,
    // Linux counts kilobytes; so does Node on every system.
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    warnings: [...run.warnings],
  }
}
