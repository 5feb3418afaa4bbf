import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { Secret } from '../../base/secret.ts'
import type { CheckResult } from '../../contract/check-result.ts'
import { Failure, toFailure } from '../../contract/failure.ts'
import type { PipelineFile } from '../../contract/pipeline-file.ts'
import { executeRun } from '../../run/execute.ts'
import { loadWorkspace } from '../../workspace/load.ts'
import { environmentOf } from '../../workspace/resolve-connection.ts'
import { openSecrets } from '../../workspace/secrets/open-secrets.ts'
import type { HostContext } from '../router/context.ts'
import { findPipeline, parametersFor } from '../router/find-pipeline.ts'
import { runPorts } from '../router/run-ports.ts'
import { type CheckListeners, type CheckWork, checkAttempt } from './check-attempt.ts'
import type { FromWorker, WorkerRequest, WorkerSyncRequest } from './protocol.ts'
import { findSupervisor } from './supervisor.ts'

// One attempt of one run, or a sync while it is wanted, in a process of its own: what happens here takes nobody with it.

const cancel = new AbortController()
/** What to do, which gives the last message. */
const asked = Promise.withResolvers<(() => Promise<FromWorker>) | undefined>()
const heard = Promise.withResolvers<void>()
/** Those who wait for the key of the secrets. */
const keyWaiters: ((key: string | null) => void)[] = []

// Ctrl+C reaches the whole terminal group; the supervisor decides what it means.
process.on('SIGINT', () => undefined)

const supervisor = await findSupervisor()
supervisor.listen({
  onMessage: (message) => {
    switch (message.kind) {
      case 'start':
        return asked.resolve(() => attempt(message.request))
      case 'start-sync':
        return asked.resolve(() => runSync(message.request))
      case 'cancel':
        return cancel.abort()
      case 'heard':
        return heard.resolve()
      case 'key':
        for (const tell of keyWaiters.splice(0)) tell(message.key)
    }
  },
  // A supervisor that died cannot answer for this run any more; the next one begins it again under the same load ids.
  onGone: () => {
    cancel.abort()
    asked.resolve(undefined)
    heard.resolve()
  },
})

const work = await asked.promise
if (work !== undefined) {
  supervisor.send(await work())
  // What is on its way when a process ends may be lost.
  await heard.promise
}
process.exit(0)

async function attempt(request: WorkerRequest): Promise<FromWorker> {
  await using stack = new AsyncDisposableStack()
  stack.use(await ownTemporaryFolder(join(request.runDirectory, 'tmp')))
  const log = pino(
    { base: { runId: request.runId, attempt: request.attempt } },
    pino.destination({ dest: join(request.runDirectory, 'log.ndjson'), sync: true, mkdir: true }),
  )
  const { pipeline, environment, limits } = request
  log.info({ pipeline, environment, limits }, 'attempt started')
  try {
    const receipt = await execute(request, (event) => {
      log.info({ event }, event.kind)
      supervisor.send({ kind: 'event', event })
    })
    log.info({ counts: receipt.counts }, 'attempt succeeded')
    return { kind: 'done', counts: receipt.counts }
  } catch (error) {
    const failure = cancel.signal.aborted ? new Failure('work.cancelled', { what: request.pipeline }) : toFailure(error)
    log.error({ failure: failure.toJSON(), stack: failure.stack }, 'attempt failed')
    return { kind: 'failed', failure: failure.toJSON() }
  }
}

/** Loaded apart: it opens the state file, which a run leaves to its supervisor. */
async function runSync(request: WorkerSyncRequest): Promise<FromWorker> {
  await using stack = new AsyncDisposableStack()
  stack.use(await ownTemporaryFolder(request.temporaryDirectory))
  const { syncAttempt } = await import('./sync-attempt.ts')
  // Not sooner than its end the folder goes.
  return await syncAttempt(request, contextOf(request), {
    say: (message) => supervisor.send(message),
    signal: cancel.signal,
  })
}

/**
 * Everything this process puts into the temporary folder lies in the run's own: what a killed attempt left there is removed by
 * the next, and never lies about in the system's.
 */
async function ownTemporaryFolder(folder: string): Promise<AsyncDisposable> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder
  return { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

async function execute(request: WorkerRequest, emit: Parameters<typeof runPorts>[1]['emit']) {
  const { check, sync } = request
  if (sync !== undefined) {
    // Loaded apart: it opens the state file, which other runs leave to their supervisor.
    const { syncStep } = await import('./sync-step.ts')
    return await syncStep(contextOf(request), { request, sync }, emit, cancel.signal)
  }
  return check === undefined ? executePipeline(request, emit) : executeCheck({ request, check }, emit)
}

async function executeCheck(checked: CheckWork, emit: CheckListeners['emit']) {
  return checkAttempt(contextOf(checked.request), checked, { emit, onChecked: tellChecked }, cancel.signal)
}

function contextOf({
  workspaceDirectory,
  language,
  secrets,
  allowedFolders,
}: Pick<WorkerRequest, 'workspaceDirectory' | 'language' | 'secrets' | 'allowedFolders'>): HostContext {
  return {
    workspaceDirectory,
    language,
    variables: process.env,
    askKey,
    ...(secrets === undefined ? {} : { secrets }),
    ...(allowedFolders === undefined ? {} : { allowedFolders }),
  }
}

function tellChecked(result: CheckResult): void {
  supervisor.send({ kind: 'checked', result })
}

async function executePipeline(request: WorkerRequest, emit: Parameters<typeof runPorts>[1]['emit']) {
  const workspace = await loadWorkspace(request.workspaceDirectory, request.language)
  const file = withDatasets(findPipeline(workspace, request.pipeline), request.datasets ?? {})
  const environment = environmentOf(workspace, request.environment)
  const variables = process.env
  const ours = { directory: workspace.directory, scope: workspace.file.name }
  const secrets = openSecrets({ ...(request.secrets ?? ours), variables, askKey })
  const allowed = request.allowedFolders === undefined ? {} : { allowedFolders: request.allowedFolders }
  const ports = await runPorts(
    { workspace, environment, secrets, variables, ...allowed },
    // A run loads what the sources hold now, never a copy of them.
    { snapshot: () => Promise.resolve(undefined), emit },
  )
  return executeRun(
    {
      runId: request.runId,
      attempt: request.attempt,
      pipelineName: request.pipeline,
      file,
      parameters: parametersFor(workspace, file, { environment, parameters: request.parameters }),
      limits: request.limits,
      runDirectory: request.runDirectory,
      ...(request.ddl === undefined ? {} : { ddlStatements: new Map(Object.entries(request.ddl)) }),
    },
    ports,
    cancel.signal,
  )
}

/** The pipeline with its sources of these datasets reading others: the one file of many that a run is for. */
function withDatasets(file: PipelineFile, datasets: Readonly<Record<string, string>>): PipelineFile {
  const nodes = Object.entries(file.nodes).map(([name, node]) => {
    const other = node.type === 'source' ? datasets[String(node['dataset'])] : undefined
    return [name, other === undefined ? node : { ...node, dataset: other }] as const
  })
  return { ...file, nodes: Object.fromEntries(nodes) }
}

async function askKey(): Promise<Secret | undefined> {
  cancel.signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<string | null>()
  keyWaiters.push(resolve)
  cancel.signal.addEventListener('abort', () => reject(cancel.signal.reason), { once: true })
  supervisor.send({ kind: 'need-key' })
  const key = await promise
  return key === null ? undefined : new Secret(key)
}
