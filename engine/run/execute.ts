import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure, toFailure } from '../contract/failure.ts'
import { durationMs } from '../contract/job-file.ts'
import type { Receipt } from '../contract/run.ts'
import { commitTargets, finishCommitted } from './commit.ts'
import { killPoint } from './kill-point.ts'
import type { RunPorts } from './ports.ts'
import { prepareRun, type RunContext } from './prepare.ts'
import { reportProgress } from './progress.ts'
import { readReceipt } from './receipt-file.ts'
import type { RunRequest } from './run-request.ts'
import { stageRun } from './stage-run.ts'

/**
 * Runs a pipeline into its targets: stage everything, check limits, verify, then commit target by target.
 *
 * The same run id is the same run: after a kill at any point, running it again leaves the targets as an undisturbed run would,
 * and a run that had finished gives its receipt without touching anything. Until the first commit nothing is visible.
 * @throws Failure of every kind; `work.cancelled` after `signal`, `run.timeout` after the limit.
 */
export async function executeRun(request: RunRequest, ports: RunPorts, signal?: AbortSignal): Promise<Receipt> {
  const workDirectory = join(request.runDirectory, 'work')
  // What a killed attempt left behind.
  await rm(workDirectory, { recursive: true, force: true })
  const finished = await readReceipt(request.runDirectory)
  if (finished !== undefined) return finished
  const stop = new AbortController()
  const limitMs = request.limits.timeout === undefined ? undefined : durationMs(request.limits.timeout)
  const timeout = limitMs === undefined ? undefined : AbortSignal.timeout(limitMs)
  const signals = [stop.signal, signal, timeout].filter((one) => one !== undefined)
  try {
    return await runOnce({ request, ports, signal: AbortSignal.any(signals), workDirectory })
  } catch (error) {
    if (signal?.aborted === true) throw new Failure('work.cancelled', { what: request.pipelineName }, { cause: error })
    if (timeout?.aborted === true && limitMs !== undefined)
      throw new Failure('run.timeout', { limitMs }, { cause: error })
    throw toFailure(error)
  } finally {
    stop.abort()
  }
}

async function runOnce(attempt: Omit<RunContext, 'progress' | 'stack'>): Promise<Receipt> {
  const { ports, workDirectory } = attempt
  const startedAt = new Date().toISOString()
  const cpuBefore = process.cpuUsage()
  await mkdir(workDirectory, { recursive: true })
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(workDirectory, { recursive: true, force: true }))
  const progress = reportProgress(ports)
  ports.emit({ kind: 'state', state: 'running' })
  const context = { ...attempt, progress, stack }
  const run = await progress.step('open', () => prepareRun(context))
  killPoint('after-open')
  const known = await finishCommitted(context, run)
  if (known !== undefined) return known
  const staged = await stageRun(context, run)
  killPoint('after-stage')
  return await commitTargets(context, run, { staged, startedAt, cpuBefore })
}
