import { type MessagePortMain, utilityProcess } from 'electron'
import { fromEngineSchema, type ToEngine } from '../../engine/host/desktop/protocol.ts'
import { keepLastWords, killHard } from './child-process.ts'
import { startHeartbeat } from './heartbeat.ts'
import { runWorkers } from './run-workers.ts'

export interface EngineProcessOptions {
  /** The engine's entry, as JavaScript. */
  readonly entry: string
  /** The entry of a process that does one run. */
  readonly workerEntry: string
  readonly onServing: () => void
  /** The last words are what it wrote to standard error. */
  readonly onExit: (code: number, lastWords: string) => void
}

/** One engine and the processes of its runs. */
export interface EngineProcess {
  tell(message: ToEngine, ports?: MessagePortMain[]): void
  /** Ends it and its runs; `onExit` is not called. */
  stop(): void
}

const BEAT_MS = 5_000
const MISSED_BEATS = 6

/** Starts an engine. One that falls silent is ended. */
export function startEngine({ entry, workerEntry, onServing, onExit }: EngineProcessOptions): EngineProcess {
  const engine = utilityProcess.fork(entry, [], { serviceName: 'Runnel engine', stdio: 'pipe' })
  const tell = (message: ToEngine, ports: MessagePortMain[] = []): void => engine.postMessage(message, ports)
  const workers = runWorkers(engine, workerEntry)
  const lastWords = keepLastWords(engine)
  const heart = startHeartbeat({
    everyMs: BEAT_MS,
    missedLimit: MISSED_BEATS,
    ask: (id) => tell({ kind: 'ping', id }),
    onSilence: () => killHard(engine),
  })
  let isStopping = false
  engine.on('message', (message: unknown) => {
    const said = fromEngineSchema.parse(message)
    switch (said.kind) {
      case 'pong':
        return heart.heard(said.id)
      case 'serving':
        return onServing()
      case 'worker-open':
      case 'worker-kill':
        return workers.act(said)
    }
  })
  engine.on('exit', (code) => {
    heart.stop()
    if (isStopping) return
    workers.abandon()
    onExit(code, lastWords())
  })
  return {
    tell,
    stop: () => {
      isStopping = true
      heart.stop()
      workers.killAll()
      engine.kill()
    },
  }
}
