import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../base/ids.ts'
import { Failure } from '../../contract/failure.ts'
import { type CheckStep, durationMs, type RunLimits } from '../../contract/job-file.ts'
import type { Language } from '../../contract/localized.ts'
import type { Receipt, RunEvent, RunSummary } from '../../contract/run.ts'
import { markInterrupted } from '../../jobs/mark-interrupted.ts'
import { LEASE_MS, runSubject, superviseRun } from '../../jobs/supervise-run.ts'
import type { StartAttempt } from '../../jobs/worker-port.ts'
import { pathExists } from '../../os/path-exists.ts'
import { readReceipt } from '../../run/receipt-file.ts'
import type { RetryPolicy } from '../../run/retry.ts'
import type { Store } from '../../store/open-store.ts'
import { runSummary, type StoredRun } from '../../store/runs.ts'
import { loadWorkspace } from '../../workspace/load.ts'
import type { AskKey } from '../../workspace/secrets/secret-store.ts'
import { findPipeline } from '../router/find-pipeline.ts'
import type { RunService, StartRequest } from '../router/run-service.ts'
import { forkWorker } from './fork-worker.ts'
import type { WorkerRequest } from './protocol.ts'
import { spawnWorker } from './spawn-worker.ts'
import type { OpenWorkerProcess } from './worker-process.ts'

const POLL_MS = 60
const EVENT_PAGE = 500
const HAND_RETRY: RetryPolicy = { attempts: 3, delayMs: 500, maxDelayMs: 10_000 }

export interface RunServiceOptions {
  readonly store: Store
  /** Absolute: the file that `store` is. */
  readonly statePath: string
  /** One folder per run below it. */
  readonly runsDirectory: string
  /** For runs by hand. */
  readonly workspaceDirectory: string
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly language: Language
  /** Folders that the files of connections must lie in; anywhere when absent. */
  readonly allowedFolders?: readonly string[]
  readonly askKey?: AskKey
  /** What runs may use where nobody says otherwise; asked for at the start of each. */
  readonly limits?: () => Promise<RunLimits>
  /** A server's own secrets, which outlive the deployments that use them. */
  readonly secrets?: { readonly directory: string; readonly scope: string }
  /** How a run gets its process; a fork of this one's Node when absent. */
  readonly openWorker?: OpenWorkerProcess
}

/** What the host itself needs beyond the contract: runs that belong to a job. */
export interface SupervisedRuns extends RunService {
  /** Where everything about a run is kept. */
  runDirectory(runId: string): string
  startAttempt(run: Pick<StoredRun, 'runId' | 'pipeline' | 'workspace'>, request: AttemptRequest): StartAttempt
}

export interface AttemptRequest extends Omit<StartRequest, 'pipeline' | 'retry'> {
  /** Datasets that the pipeline finds another one in place of. */
  readonly datasets?: Readonly<Record<string, string>>
  /** Instead of the pipeline. */
  readonly sync?: string
  readonly check?: CheckStep & {
    /** Of rules, whose earlier results the check is given. */ readonly files: readonly string[]
  }
}

export function openRunService(options: RunServiceOptions): SupervisedRuns {
  const { store, runsDirectory } = options
  const owner = newId()
  const active = new Map<string, AbortController>()
  const runDirectory = (runId: string): string => join(runsDirectory, runId)
  const requireRun = (runId: string): StoredRun => {
    const run = store.runs.get(runId)
    if (run === undefined) throw new Failure('run.unknown', { runId })
    return run
  }

  const startAttempt = attemptStarter(options, runDirectory)

  return {
    runDirectory,
    startAttempt,
    start: async (asked) => {
      markInterrupted(store)
      const request = { ...asked, limits: { ...(await options.limits?.()), ...asked.limits } }
      const run = await recordRun(options, request, runDirectory)
      const lease = store.leases.acquire(runSubject(run.runId), owner, LEASE_MS)
      if (lease === undefined || active.has(run.runId)) throw new Failure('run.busy', { run: run.runId })
      const cancel = new AbortController()
      active.set(run.runId, cancel)
      const supervised = superviseRun({
        store,
        runId: run.runId,
        lease,
        retry: retryOf(request),
        startAttempt: startAttempt(run, request),
        signal: cancel.signal,
      })
      void supervised.finally(() => active.delete(run.runId))
      return { runId: run.runId }
    },
    list: async (filter) => {
      markInterrupted(store)
      return store.runs.list(filter).map(runSummary)
    },
    get: async (runId) => {
      markInterrupted(store)
      return runSummary(requireRun(runId))
    },
    events: (runId, from, signal) => followEvents({ store, requireRun }, runId, from, signal),
    log: async (runId, page) => store.runEvents.log(requireRun(runId).runId, page),
    cancel: async (runId) => {
      const run = requireRun(runId)
      active.get(runId)?.abort()
      if (!active.has(runId) && !isOver(run)) store.runs.requestCancel(runId)
      return { state: run.state }
    },
    ...rejectQuestions((runId) => runDirectory(requireRun(runId).runId)),
    receipt: async (runId) => {
      const run = requireRun(runId)
      const receipt: Receipt | undefined = await readReceipt(runDirectory(runId))
      if (receipt === undefined) throw new Failure('run.no_receipt', { run: runId, state: run.state })
      return receipt
    },
  }
}

/** They are read with a database, which a server's start does not wait for. */
const keptRejects = () => import('../../run/kept-rejects.ts')

/** @param folderOf throws when there is no such run */
function rejectQuestions(
  folderOf: (runId: string) => string,
): Pick<RunService, 'rejects' | 'rejectGroups' | 'exportRejects'> {
  return {
    rejects: async (runId, page) => (await keptRejects()).readRejects(folderOf(runId), page),
    rejectGroups: async (runId) => (await keptRejects()).groupRejects(folderOf(runId)),
    exportRejects: async function* (runId, request, signal) {
      const { exportRejects } = await import('../../run/export-rejects.ts')
      yield* exportRejects(folderOf(runId), request, signal)
    },
  }
}

function attemptStarter(
  options: RunServiceOptions,
  runDirectory: (runId: string) => string,
): SupervisedRuns['startAttempt'] {
  const { language, variables, askKey, secrets, allowedFolders, openWorker = forkWorker } = options
  return (run, { environment, parameters, limits, ddl, check, sync, datasets }) =>
    (attempt, onEvent) =>
      spawnWorker({
        request: {
          runId: run.runId,
          attempt,
          workspaceDirectory: run.workspace,
          pipeline: run.pipeline,
          parameters: { ...parameters },
          limits: limits ?? {},
          runDirectory: runDirectory(run.runId),
          language,
          ...(check === undefined ? {} : { check: checkWork(options.store, check) }),
          ...(sync === undefined ? {} : { sync: { name: sync, statePath: options.statePath } }),
          ...(environment === undefined ? {} : { environment }),
          ...(datasets === undefined ? {} : { datasets: { ...datasets } }),
          ...(secrets === undefined ? {} : { secrets: { ...secrets } }),
          ...(allowedFolders === undefined ? {} : { allowedFolders: [...allowedFolders] }),
          ...(ddl === undefined ? {} : { ddl: mutableLines(ddl) }),
        },
        onEvent,
        onChecked: (result) => options.store.checkResults.add(result),
        variables,
        openWorker,
        ...(askKey === undefined ? {} : { askKey }),
      })
}

/** So many earlier checks are looked at for drift. */
const REMEMBERED = 100

function checkWork(
  { checkResults }: Store,
  { check, onFailure, files }: NonNullable<AttemptRequest['check']>,
): WorkerRequest['check'] {
  const history = Object.fromEntries(files.map((name) => [name, checkResults.last(name, REMEMBERED)]))
  return { of: check, onFailure, history }
}

function mutableLines(ddl: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(ddl).map(([node, lines]) => [node, [...lines]]))
}

/**
 * The record of a run that is about to start. The same work that was begun before and did not end well goes on under its own
 * id, so that what it had already committed is recognised and not loaded again.
 */
async function recordRun(
  { store, workspaceDirectory, language }: RunServiceOptions,
  request: StartRequest,
  runDirectory: (runId: string) => string,
): Promise<StoredRun> {
  const workspace = await loadWorkspace(workspaceDirectory, language)
  const { pipeline } = request
  const work = {
    pipeline: createHash('sha256')
      .update(JSON.stringify(findPipeline(workspace, pipeline)))
      .digest('hex'),
    parameters: Object.entries(request.parameters ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    environment: request.environment ?? null,
  }
  const record = { pipeline, workspace: workspace.directory, request: JSON.stringify(work) }
  const before = store.runs.latest(record)
  const goesOn = before !== undefined && (await isUnfinished(before, runDirectory(before.runId)))
  const runId = goesOn ? before.runId : store.runs.create(record)
  const run = store.runs.get(runId)
  if (run === undefined) throw new Failure('run.unknown', { runId })
  return run
}

/** A run that failed after its load was prepared may have committed some of its targets. */
async function isUnfinished(run: StoredRun, runDirectory: string): Promise<boolean> {
  if (run.state === 'succeeded') return false
  if (!isOver(run) || run.state === 'interrupted') return true
  return pathExists(join(runDirectory, 'prepared.json'))
}

function retryOf({ retry }: StartRequest): RetryPolicy {
  if (retry === undefined) return HAND_RETRY
  return { attempts: retry.attempts, delayMs: durationMs(retry.delay), maxDelayMs: durationMs(retry.maxDelay) }
}

interface EventSource {
  readonly store: Store
  readonly requireRun: (runId: string) => StoredRun
}

/** Stored events first, then new ones as they come; polls, since the run may be supervised by another process. */
async function* followEvents(
  { store, requireRun }: EventSource,
  runId: string,
  { afterSequence, kinds }: { readonly afterSequence: number; readonly kinds?: readonly string[] },
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  let last = afterSequence
  for (;;) {
    // The state is read before the events, so that a run which ends in between is looked at once more.
    const over = isOver(requireRun(runId))
    const events = store.runEvents.after(runId, last, EVENT_PAGE, kinds)
    for (const event of events) {
      last = event.sequence
      yield event
    }
    if (events.length === 0) {
      if (over) return
      if (signal?.aborted === true) return
      markInterrupted(store)
      await sleep(POLL_MS)
    }
  }
}

function isOver({ state }: Pick<RunSummary, 'state'>): boolean {
  return state !== 'queued' && state !== 'running'
}
