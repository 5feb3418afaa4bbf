import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { Secret } from '../../base/secret.ts'
import { Failure, toFailure } from '../../contract/failure.ts'
import { executeRun } from '../../run/execute.ts'
import { loadWorkspace } from '../../workspace/load.ts'
import { environmentOf } from '../../workspace/resolve-connection.ts'
import { openSecrets } from '../../workspace/secrets/open-secrets.ts'
import { findPipeline, parametersFor } from '../router/find-pipeline.ts'
import { runPorts } from '../router/run-ports.ts'
import { type FromWorker, toWorkerSchema, type WorkerRequest } from './protocol.ts'

// One attempt of one run, in a process of its own: what happens here takes nobody with it.

const cancel = new AbortController()
// A supervisor that died cannot answer for this run any more; the next one begins it again under the same load ids.
process.on('disconnect', () => cancel.abort())
// Ctrl+C reaches the whole terminal group; the supervisor decides what it means.
process.on('SIGINT', () => undefined)
process.on('message', (message) => {
  if (toWorkerSchema.safeParse(message).data?.kind === 'cancel') cancel.abort()
})

const [first] = await once(process, 'message')
const start = toWorkerSchema.parse(first)
if (start.kind === 'start') {
  await tell(await attempt(start.request))
}
process.exit(0)

async function attempt(request: WorkerRequest): Promise<FromWorker> {
  await using stack = new AsyncDisposableStack()
  stack.use(await ownTemporaryFolder(request.runDirectory))
  const log = pino(
    { base: { runId: request.runId, attempt: request.attempt } },
    pino.destination({ dest: join(request.runDirectory, 'log.ndjson'), sync: true, mkdir: true }),
  )
  log.info({ pipeline: request.pipeline, environment: request.environment }, 'attempt started')
  try {
    const receipt = await execute(request, (event) => {
      log.info({ event }, event.kind)
      send({ kind: 'event', event })
    })
    log.info({ counts: receipt.counts }, 'attempt succeeded')
    return { kind: 'done', counts: receipt.counts }
  } catch (error) {
    const failure = cancel.signal.aborted ? new Failure('work.cancelled', { what: request.pipeline }) : toFailure(error)
    log.error({ failure: failure.toJSON(), stack: failure.stack }, 'attempt failed')
    return { kind: 'failed', failure: failure.toJSON() }
  }
}

/**
 * Everything this process puts into the temporary folder lies in the run's own: what a killed attempt left there is removed by
 * the next, and never lies about in the system's.
 */
async function ownTemporaryFolder(runDirectory: string): Promise<AsyncDisposable> {
  const folder = join(runDirectory, 'tmp')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder
  return { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

async function execute(request: WorkerRequest, emit: Parameters<typeof runPorts>[1]['emit']) {
  const workspace = await loadWorkspace(request.workspaceDirectory, request.language)
  const file = findPipeline(workspace, request.pipeline)
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

async function askKey(): Promise<Secret | undefined> {
  send({ kind: 'need-key' })
  for (;;) {
    const [message] = await once(process, 'message', { signal: cancel.signal })
    const answer = toWorkerSchema.safeParse(message).data
    if (answer?.kind === 'key') return answer.key === null ? undefined : new Secret(answer.key)
  }
}

function send(message: FromWorker): void {
  if (process.connected) process.send?.(message)
}

/** Sends and waits until it is on its way: the process ends right after. */
async function tell(message: FromWorker): Promise<void> {
  if (!process.connected) return
  await new Promise<void>((resolve) => process.send?.(message, undefined, undefined, () => resolve()))
}
