import { fork } from 'node:child_process'
import { extname, join } from 'node:path'
import { fromWorkerSchema } from './protocol.ts'
import { keepLastWords, type OpenWorkerProcess } from './worker-process.ts'

/** A built engine is plain JavaScript. */
const MAIN = join(import.meta.dirname, `main${extname(import.meta.filename)}`)

/** A worker as a child of this process, in the same Node. For the command line and the server: a packaged desktop has no Node to fork. */
export const forkWorker: OpenWorkerProcess = (variables, { onMessage, onEnd }) => {
  const child = fork(MAIN, [], { env: { ...variables }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const lastWords = keepLastWords(child.stderr)
  child.on('message', (message) => onMessage(fromWorkerSchema.parse(message)))
  let isOver = false
  const end = (how: string): void => {
    if (isOver) return
    isOver = true
    onEnd(how, lastWords())
  }
  child.on('error', (error) => end(error.message))
  child.on('close', (code, signal) => end(signal ?? `exit ${code}`))
  return {
    send: (message) => void (child.connected && child.send(message)),
    kill: () => void child.kill('SIGKILL'),
  }
}
