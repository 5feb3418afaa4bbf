import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type CheckResult, isBroken, type RuleResult } from '../../contract/check-result.ts'
import { describeFailure, Failure, failureFromData } from '../../contract/failure.ts'
import { durationMs } from '../../contract/job-file.ts'
import type { Receipt, RowCounts, RunEvent } from '../../contract/run.ts'
import { joinRejects } from '../../run/join-rejects.ts'
import { writeReceipt } from '../../run/receipt-file.ts'
import { assertRejectLimits } from '../../run/reject-limits.ts'
import { rulesOf } from '../../workspace/rules-of.ts'
import type { HostContext } from '../router/context.ts'
import { openWorkspace } from '../router/open-workspace.ts'
import { checkFile } from '../router/quality/check-file.ts'
import type { WorkerRequest } from './protocol.ts'
import { type Started, stepReceipt } from './step-receipt.ts'

/** What an attempt of a check tells while it goes on. */
export interface CheckListeners {
  readonly emit: (event: Omit<RunEvent, 'runId' | 'sequence' | 'at'>) => void
  readonly onChecked: (result: CheckResult) => void
}

export interface CheckWork {
  readonly request: WorkerRequest
  readonly check: NonNullable<WorkerRequest['check']>
}

/**
 * Checks data as a step of a job. What is broken is told as warnings; the rows of a quarantine are kept where runs keep rejects.
 * @throws Failure `check.violated` where the step says that this ends the job; `run.too_many_rejects`, `run.timeout`
 */
export async function checkAttempt(
  context: HostContext,
  work: CheckWork,
  listeners: CheckListeners,
  signal: AbortSignal,
): Promise<Receipt> {
  const { timeout } = work.request.limits
  if (timeout === undefined) return checkOnce(context, work, listeners, signal)
  const limitMs = durationMs(timeout)
  const late = AbortSignal.timeout(limitMs)
  return checkOnce(context, work, listeners, AbortSignal.any([signal, late])).catch((error: unknown) => {
    throw late.aborted && !signal.aborted ? new Failure('run.timeout', { limitMs }, { cause: error }) : error
  })
}

async function checkOnce(
  context: HostContext,
  work: CheckWork,
  listeners: CheckListeners,
  signal: AbortSignal,
): Promise<Receipt> {
  const { request, check } = work
  const started = { at: new Date(), cpu: process.cpuUsage() }
  listeners.emit({ kind: 'state', state: 'running' })
  const { results, folders } = await checkFiles(context, work, listeners, signal)
  const rejected = check.onFailure === 'quarantine' ? await joinRejects(request.runDirectory, folders) : 0n
  const read = results.reduce((sum, { rowCount }) => sum + BigInt(rowCount), 0n)
  assertRejectLimits(request.limits, { read, rejected }, true)
  const stopping = results.flatMap((result) => result.results).filter((rule) => endsJob(rule, check.onFailure))
  if (stopping.length > 0) {
    const rules = stopping.map(({ name }) => name).join(', ')
    throw new Failure('check.violated', { of: check.of, count: String(stopping.length), rules })
  }
  const receipt = receiptOf(work, started, { read, rejected, warnings: results.flatMap(warningsOf) })
  await writeReceipt(request.runDirectory, 'final', receipt)
  listeners.emit({ kind: 'state', state: 'succeeded' })
  return receipt
}

async function checkFiles(
  context: HostContext,
  { request, check }: CheckWork,
  { emit, onChecked }: CheckListeners,
  signal: AbortSignal,
): Promise<{ readonly results: CheckResult[]; readonly folders: string[] }> {
  const { environment, limits } = request
  const asked = { environment, offline: false, memoryMb: limits.memoryMb, threads: limits.threads }
  const results: CheckResult[] = []
  const folders: string[] = []
  for (const [name, file] of rulesOf(await openWorkspace(context), check.of)) {
    emit({ kind: 'step', step: name })
    const history = check.history[name] ?? []
    const refusedTo = check.onFailure === 'quarantine' ? join(request.runDirectory, 'tmp', name) : undefined
    if (refusedTo !== undefined) {
      await mkdir(refusedTo, { recursive: true })
      folders.push(refusedTo)
    }
    const quarantine = refusedTo === undefined ? {} : { refusedTo }
    const result = await checkFile(context, { ...asked, name, file, history, ...quarantine }, signal)
    for (const message of warningsOf(result)) emit({ kind: 'warning', step: name, message })
    onChecked(result)
    results.push(result)
  }
  return { results, folders }
}

function endsJob(rule: RuleResult, onFailure: CheckWork['check']['onFailure']): boolean {
  if (onFailure === 'warn' || !isBroken(rule)) return false
  // Where rows are to blame they are set aside.
  return onFailure === 'stop' || rule.status === 'failed' || rule.rows.length === 0
}

function warningsOf({ results }: CheckResult): string[] {
  return results
    .filter(({ status }) => status !== 'passed')
    .map(({ name, violations, checked, failure }) => {
      if (failure === undefined) return `${violations} of ${checked} break the rule ${name}`
      return `the rule ${name} could not be checked: ${describeFailure(failureFromData(failure), 'en').message}`
    })
}

interface Outcome {
  readonly read: bigint
  readonly rejected: bigint
  readonly warnings: string[]
}

function receiptOf({ request, check }: CheckWork, started: Started, { read, rejected, warnings }: Outcome): Receipt {
  const counts: RowCounts = {
    read: String(read),
    generated: '0',
    written: '0',
    rejected: String(rejected),
    filtered: String(read - rejected),
  }
  const nodes = [{ node: check.of, rowsIn: counts.read, rowsOut: counts.filtered, rejected: counts.rejected }]
  return stepReceipt(request, started, { work: 'check', counts, nodes, warnings })
}
