import type { CheckResult } from '../../contract/check-result.ts'
import { Failure, failureFromData } from '../../contract/failure.ts'
import { extensionVariables } from '../../duck/extensions.ts'
import type { AttemptResult, WorkerAttempt } from '../../jobs/worker-port.ts'
import type { NewRunEvent } from '../../store/run-events.ts'
import type { AskKey } from '../../workspace/secrets/secret-store.ts'
import type { FromWorker, WorkerRequest } from './protocol.ts'
import type { OpenWorkerProcess } from './worker-process.ts'

/** After a cancel the process has this long to undo what it began. */
const CANCEL_GRACE_MS = 10_000

export interface SpawnOptions {
  readonly request: WorkerRequest
  readonly onEvent: (event: NewRunEvent) => void
  /** Of a check: each file of rules as it is done. */
  readonly onChecked?: (result: CheckResult) => void
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly openWorker: OpenWorkerProcess
  readonly askKey?: AskKey
}

/** Starts one attempt of a run in a process of its own. */
export function spawnWorker(options: SpawnOptions): WorkerAttempt {
  const { request, onEvent, onChecked, variables, openWorker, askKey } = options
  let result: AttemptResult | undefined
  let timer: NodeJS.Timeout | undefined
  const { promise, resolve } = Promise.withResolvers<AttemptResult>()
  const settle = (given: AttemptResult): void => {
    result = given
    worker.send({ kind: 'heard' })
  }
  const onMessage = (said: FromWorker): void => {
    switch (said.kind) {
      case 'event':
        return onEvent(said.event)
      case 'checked':
        return onChecked?.(said.result)
      case 'need-key':
        return void (askKey?.() ?? Promise.resolve(undefined)).then((key) =>
          worker.send({ kind: 'key', key: key?.reveal() ?? null }),
        )
      case 'done':
        return settle({ state: 'succeeded', counts: said.counts })
      case 'failed':
        return settle({ state: 'failed', failure: failureFromData(said.failure) })
      // Of a sync, which this attempt is not.
      case 'status':
      case 'act':
      case 'alive':
      case 'stopped':
        return undefined
    }
  }
  const onEnd = (how: string, lastWords: string): void => {
    clearTimeout(timer)
    const reason = [how, lastWords.trim().split('\n').at(-1) ?? ''].filter((part) => part !== '').join(': ')
    resolve(result ?? { state: 'failed', failure: new Failure('run.worker_lost', { reason }) })
  }
  const worker = openWorker({ ...variables, ...extensionVariables() }, { onMessage, onEnd })
  worker.send({ kind: 'start', request })
  return {
    result: promise,
    cancel: () => {
      worker.send({ kind: 'cancel' })
      timer ??= setTimeout(() => worker.kill(), CANCEL_GRACE_MS)
    },
    kill: () => worker.kill(),
  }
}
