import { MessageChannelMain, type MessagePortMain } from 'electron'
import type { ToEngine } from '../../engine/host/desktop/protocol.ts'
import type { EngineState } from '../../preload/host-api.ts'
import { type EngineProcess, type EngineProcessOptions, startEngine } from './engine-process.ts'
import { afterExit, keepsFailing, NO_FAILURES } from './restart-policy.ts'

export interface EngineSupervisorOptions extends Pick<EngineProcessOptions, 'entry' | 'workerEntry' | 'onExit'> {
  readonly start: () => Extract<ToEngine, { kind: 'start' }>
  readonly onState: (state: EngineState) => void
}

export interface EngineSupervisor {
  start(): void
  state(): EngineState
  /** A port to the engine; what is asked while it (re)starts waits for it. */
  connect(asked: Omit<Extract<ToEngine, { kind: 'connect' }>, 'kind'>): MessagePortMain
  stop(): void
}

/** Keeps one engine running beside the windows: starts it, notices its end or its silence, starts the next. */
export function superviseEngine(options: EngineSupervisorOptions): EngineSupervisor {
  const { entry, workerEntry, start, onState, onExit } = options
  let state: EngineState = 'starting'
  let engine: EngineProcess | undefined
  let timer: NodeJS.Timeout | undefined
  let history = NO_FAILURES
  const waiting: { readonly message: ToEngine; readonly port: MessagePortMain }[] = []

  const enter = (next: EngineState): void => {
    state = next
    onState(next)
  }
  const onServing = (): void => {
    enter('serving')
    for (const { message, port } of waiting.splice(0)) engine?.tell(message, [port])
  }
  const startNext = (code: number, lastWords: string): void => {
    engine = undefined
    onExit(code, lastWords)
    const next = afterExit(history, Date.now())
    history = next.history
    enter(keepsFailing(history) ? 'failed' : 'restarting')
    timer = setTimeout(spawn, next.delayMs)
  }
  const spawn = (): void => {
    engine = startEngine({ entry, workerEntry, onServing, onExit: startNext })
    engine.tell(start())
  }
  return {
    start: () => (engine === undefined && timer === undefined ? spawn() : undefined),
    state: () => state,
    connect: (asked) => {
      const { port1, port2 } = new MessageChannelMain()
      const message: ToEngine = { kind: 'connect', ...asked }
      if (state === 'serving') engine?.tell(message, [port1])
      else waiting.push({ message, port: port1 })
      return port2
    },
    stop: () => {
      clearTimeout(timer)
      engine?.stop()
    },
  }
}
