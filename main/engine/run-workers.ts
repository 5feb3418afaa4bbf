import { MessageChannelMain, type UtilityProcess, utilityProcess } from 'electron'
import type { FromEngine, ToEngine } from '../../engine/host/desktop/protocol.ts'
import { keepLastWords, killHard } from './child-process.ts'

/** What an engine asks about the processes of its runs. */
export type WorkerRequest = Extract<FromEngine, { readonly worker: number }>

/** The processes of one engine's runs. */
export interface RunWorkers {
  /** Starts or ends a worker; how it ended is told to the engine. */
  act(request: WorkerRequest): void
  /** The engine is gone: each undoes what it began, since its port closed, or is ended when it takes too long. */
  abandon(): void
  /** The app ends: so do they. Whatever they had committed is recognised by the next run. */
  killAll(): void
}

const UNDO_GRACE_MS = 10_000

/** Starts processes for `engine` that run `entry` and nothing else: an engine chooses neither program nor arguments. */
export function runWorkers(engine: UtilityProcess, entry: string): RunWorkers {
  const running = new Map<number, UtilityProcess>()
  const tell = (message: ToEngine, ports: Electron.MessagePortMain[] = []): void => engine.postMessage(message, ports)
  let isAbandoned = false

  const open = ({ worker, variables }: Extract<WorkerRequest, { kind: 'worker-open' }>): void => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Runnel run',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: variables,
    })
    running.set(worker, child)
    const lastWords = keepLastWords(child)
    child.on('exit', (code) => {
      running.delete(worker)
      if (!isAbandoned) tell({ kind: 'worker-ended', worker, how: `exit ${code}`, lastWords: lastWords() })
    })
    const { port1, port2 } = new MessageChannelMain()
    child.postMessage({ kind: 'supervisor' }, [port2])
    tell({ kind: 'worker-opened', worker }, [port1])
  }
  const killAll = (): void => {
    for (const child of running.values()) killHard(child)
  }
  return {
    act: (request) => {
      if (request.kind === 'worker-open') return open(request)
      const child = running.get(request.worker)
      if (child !== undefined) killHard(child)
    },
    abandon: () => {
      isAbandoned = true
      setTimeout(killAll, UNDO_GRACE_MS).unref()
    },
    killAll,
  }
}
