import { addAbortSignal } from 'node:stream'
import { isatty } from 'node:tty'
import type { Door } from '../http/door.ts'

/** The process around a command: what it was called with and where it writes. Tests give their own. */
export interface Terminal {
  readonly directory: string
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Whether a person reads standard output, and standard error. */
  readonly isOutTerminal: boolean
  readonly isErrorTerminal: boolean
  readonly columns: number
  /** Who started the command listens already; `serve` answers there. */
  readonly door?: Door
  /** Resolves when the text was taken; waits for a slow reader. */
  writeOut(text: string): Promise<void>
  writeError(text: string): void
  /** All of standard input as text; fails once the signal is aborted. */
  readInput(signal: AbortSignal): Promise<string>
  /** Asks without showing what is typed; undefined when nobody sits at the terminal. */
  askHidden(prompt: string): Promise<string | undefined>
}

/** The real process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process
  // A reader that goes away (`| head`) has what it wanted.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  return {
    directory: process.cwd(),
    variables: process.env,
    isOutTerminal: isatty(1),
    isErrorTerminal: isatty(2),
    columns: stdout.columns ?? 120,
    writeOut: (text) => new Promise((resolve) => stdout.write(text, () => resolve())),
    writeError: (text) => void stderr.write(text),
    readInput: async (signal) => {
      const pieces: Buffer[] = []
      for await (const piece of addAbortSignal(signal, stdin)) pieces.push(Buffer.from(piece))
      return Buffer.concat(pieces).toString('utf8')
    },
    askHidden: async (prompt) => {
      if (!isatty(0) || !isatty(2)) return undefined
      const { askHidden } = await import('./ask-hidden.ts')
      return askHidden(prompt)
    },
  }
}
