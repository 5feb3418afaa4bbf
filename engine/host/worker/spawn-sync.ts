import { Failure, failureFromData } from '../../contract/failure.ts'
import { extensionVariables } from '../../duck/extensions.ts'
import type { SyncEnd, SyncProcess, SyncProcessRequest } from '../../jobs/sync-port.ts'
import type { AskKey } from '../../workspace/secrets/secret-store.ts'
import type { FromWorker, WorkerSyncRequest } from './protocol.ts'
import type { OpenWorkerProcess } from './worker-process.ts'

/** After it was asked to stop, a process has this long to end where it can go on. */
const STOP_GRACE_MS = 10_000
/** Who says nothing for so long is dead or stuck: a sync says at least that it lives. */
const SILENCE_MS = 25_000

export interface SpawnSyncOptions extends Pick<SyncProcessRequest, 'onStatus' | 'onAct'> {
  readonly request: WorkerSyncRequest
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly openWorker: OpenWorkerProcess
  readonly askKey?: AskKey
}

/** Starts a sync in a process of its own. */
export function spawnSync({ request, onStatus, onAct, variables, openWorker, askKey }: SpawnSyncOptions): SyncProcess {
  let end: SyncEnd | undefined
  const { promise, resolve } = Promise.withResolvers<SyncEnd>()
  const settle = (given: SyncEnd): void => {
    end = given
    worker.send({ kind: 'heard' })
  }
  let silence: NodeJS.Timeout | undefined
  const heardOf = (): void => {
    clearTimeout(silence)
    silence = setTimeout(() => worker.kill(), SILENCE_MS)
  }
  const onMessage = (said: FromWorker): void => {
    heardOf()
    switch (said.kind) {
      case 'status':
        return onStatus(said.status)
      case 'act':
        return onAct(said.act)
      case 'need-key':
        return void (askKey?.() ?? Promise.resolve(undefined)).then((key) =>
          worker.send({ kind: 'key', key: key?.reveal() ?? null }),
        )
      case 'stopped':
        return settle({ kind: 'stopped' })
      case 'failed':
        return settle({ kind: 'refused', failure: failureFromData(said.failure) })
      case 'alive':
      // Of a run, which this is not.
      case 'event':
      case 'checked':
      case 'done':
        return undefined
    }
  }
  let grace: NodeJS.Timeout | undefined
  const onEnd = (how: string, lastWords: string): void => {
    clearTimeout(silence)
    clearTimeout(grace)
    const reason = [how, lastWords.trim().split('\n').at(-1) ?? ''].filter((part) => part !== '').join(': ')
    resolve(end ?? { kind: 'lost', failure: new Failure('sync.process_lost', { sync: request.sync, reason }) })
  }
  const worker = openWorker({ ...variables, ...extensionVariables() }, { onMessage, onEnd })
  heardOf()
  worker.send({ kind: 'start-sync', request })
  return {
    end: promise,
    stop: () => {
      worker.send({ kind: 'cancel' })
      grace ??= setTimeout(() => worker.kill(), STOP_GRACE_MS)
    },
    kill: () => worker.kill(),
  }
}
