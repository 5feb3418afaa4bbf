import type { FromWorker, ToWorker } from './protocol.ts'

/** The process in which one attempt of a run lives, whoever started it: Node by a fork, Electron's main by a utility process. */
export interface WorkerProcess {
  /** Dropped when the process is gone. */
  send(message: ToWorker): void
  /** Ends it at once; whoever listens hears of its end. */
  kill(): void
}

export interface WorkerListeners {
  readonly onMessage: (message: FromWorker) => void
  /** Called once, when the process is gone: its exit code or signal, and the last of what it wrote to standard error. */
  readonly onEnd: (how: string, lastWords: string) => void
}

/** Starts a worker whose environment is `variables`. A process that cannot be started ends at once. */
export type OpenWorkerProcess = (
  variables: Readonly<Record<string, string | undefined>>,
  listeners: WorkerListeners,
) => WorkerProcess

const KEPT_WORDS = 4_000

/** Keeps the end of what a process writes; the pipe is read in any case, since one that nobody reads stops its writer. */
export function keepLastWords(stream: NodeJS.ReadableStream | null): () => string {
  let words = ''
  stream?.on('data', (piece: unknown) => {
    words = (words + String(piece)).slice(-KEPT_WORDS)
  })
  return () => words
}
