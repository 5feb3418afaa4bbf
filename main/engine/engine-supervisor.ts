import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import { fromEngineSchema, type ToEngine } from '../../engine/host/desktop/protocol.ts'
import type { EngineState } from '../../preload/host-api.ts'
import { type Heartbeat, startHeartbeat } from './heartbeat.ts'
import { afterExit, keepsFailing, NO_FAILURES } from './restart-policy.ts'

export interface EngineSupervisorOptions {
  /** The engine's entry, as JavaScript. */
  readonly entry: string
  readonly start: () => Extract<ToEngine, { kind: 'start' }>
  readonly onState: (state: EngineState) => void
  /** The last words of an engine that ended, for the log. */
  readonly onExit: (code: number, words: string) => void
}

export interface EngineSupervisor {
  start(): void
  state(): EngineState
  /** A port to the engine; what is asked while it (re)starts waits for it. */
  connect(asked: Omit<Extract<ToEngine, { kind: 'connect' }>, 'kind'>): MessagePortMain
  stop(): void
}

const BEAT_MS = 5_000
const MISSED_BEATS = 6
const KEPT_WORDS = 4_000

/** Keeps one engine running beside the windows: starts it, notices its end or its silence, starts the next. */
export function superviseEngine(options: EngineSupervisorOptions): EngineSupervisor {
  const { entry, start, onState, onExit } = options
  let state: EngineState = 'starting'
  let child: UtilityProcess | undefined
  let heart: Heartbeat | undefined
  let timer: NodeJS.Timeout | undefined
  let history = NO_FAILURES
  let isStopping = false
  const waiting: { readonly message: ToEngine; readonly port: MessagePortMain }[] = []

  const enter = (next: EngineState): void => {
    state = next
    onState(next)
  }
  const onMessage = (message: unknown): void => {
    const said = fromEngineSchema.parse(message)
    if (said.kind === 'pong') return heart?.heard(said.id)
    enter('serving')
    for (const { message: asked, port } of waiting.splice(0)) child?.postMessage(asked, [port])
  }
  const spawn = (): void => {
    const engine = utilityProcess.fork(entry, [], { serviceName: 'Runnel engine', stdio: 'pipe' })
    child = engine
    const words = lastWords(engine)
    engine.on('message', onMessage)
    engine.on('exit', (code) => {
      heart?.stop()
      child = undefined
      if (isStopping) return
      onExit(code, words())
      const next = afterExit(history, Date.now())
      history = next.history
      enter(keepsFailing(history) ? 'failed' : 'restarting')
      timer = setTimeout(spawn, next.delayMs)
    })
    engine.postMessage(start())
    heart = startHeartbeat({
      everyMs: BEAT_MS,
      missedLimit: MISSED_BEATS,
      ask: (id) => engine.postMessage({ kind: 'ping', id } satisfies ToEngine),
      onSilence: () => killHard(engine),
    })
  }
  return {
    start: () => (child === undefined && timer === undefined ? spawn() : undefined),
    state: () => state,
    connect: (asked) => {
      const { port1, port2 } = new MessageChannelMain()
      const message: ToEngine = { kind: 'connect', ...asked }
      if (state === 'serving') child?.postMessage(message, [port1])
      else waiting.push({ message, port: port1 })
      return port2
    },
    stop: () => {
      isStopping = true
      clearTimeout(timer)
      heart?.stop()
      child?.kill()
    },
  }
}

/** What it wrote to standard error last. */
function lastWords({ stdout, stderr }: UtilityProcess): () => string {
  let words = ''
  // A pipe that nobody reads would fill up and stop its writer.
  stdout?.resume()
  stderr?.on('data', (piece: unknown) => {
    words = (words + String(piece)).slice(-KEPT_WORDS)
  })
  return () => words
}

/** An engine that hangs does not hear a polite signal. */
function killHard({ pid }: UtilityProcess): void {
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
}
