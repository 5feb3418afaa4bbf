import { fork } from 'node:child_process'
import { extname, join } from 'node:path'
import { Failure, failureFromData } from '../../contract/failure.ts'
import type { AttemptResult, WorkerAttempt } from '../../jobs/worker-port.ts'
import type { NewRunEvent } from '../../store/run-events.ts'
import type { AskKey } from '../../workspace/secrets/secret-store.ts'
import { fromWorkerSchema, type ToWorker, type WorkerRequest } from './protocol.ts'

/** A built engine is plain JavaScript. */
const MAIN = join(import.meta.dirname, `main${extname(import.meta.filename)}`)
/** After a cancel the process has this long to undo what it began. */
const CANCEL_GRACE_MS = 10_000
const KEPT_STDERR = 4_000

export interface SpawnOptions {
  readonly request: WorkerRequest
  readonly onEvent: (event: NewRunEvent) => void
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly askKey?: AskKey
}

/** Starts one attempt of a run in a process of its own. */
export function spawnWorker({ request, onEvent, variables, askKey }: SpawnOptions): WorkerAttempt {
  const child = fork(MAIN, [], { env: { ...variables }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let result: AttemptResult | undefined
  let stderr = ''
  let timer: NodeJS.Timeout | undefined
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    stderr = (stderr + piece).slice(-KEPT_STDERR)
  })
  const send = (message: ToWorker): void => void (child.connected && child.send(message))
  child.on('message', (message) => {
    const said = fromWorkerSchema.parse(message)
    switch (said.kind) {
      case 'event':
        return onEvent(said.event)
      case 'need-key':
        return void (askKey?.() ?? Promise.resolve(undefined)).then((key) =>
          send({ kind: 'key', key: key?.reveal() ?? null }),
        )
      case 'done':
        result = { state: 'succeeded', counts: said.counts }
        return
      case 'failed':
        result = { state: 'failed', failure: failureFromData(said.failure) }
    }
  })
  const { promise, resolve } = Promise.withResolvers<AttemptResult>()
  const finish = (how: string): void => {
    clearTimeout(timer)
    const reason = [how, stderr.trim().split('\n').at(-1) ?? ''].filter((part) => part !== '').join(': ')
    resolve(result ?? { state: 'failed', failure: new Failure('run.worker_lost', { reason }) })
  }
  child.on('error', (error) => finish(error.message))
  child.on('close', (code, signal) => finish(signal ?? `exit ${code}`))
  send({ kind: 'start', request })
  return {
    result: promise,
    cancel: () => {
      send({ kind: 'cancel' })
      timer ??= setTimeout(() => child.kill('SIGKILL'), CANCEL_GRACE_MS)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
