import { runCommandLine } from '../command-line.ts'

export interface Recorded {
  readonly exit: number
  readonly out: string
  readonly error: string
}

export interface RecordingOptions {
  readonly directory?: string
  readonly variables?: Readonly<Record<string, string>>
  readonly input?: string
  readonly signal?: AbortSignal
}

/** Runs a command line in this process, as if nobody sat at the terminal, and keeps what it wrote. */
export async function runRecorded(args: readonly string[], options: RecordingOptions = {}): Promise<Recorded> {
  let out = ''
  let error = ''
  const exit = await runCommandLine(
    args,
    {
      directory: options.directory ?? process.cwd(),
      variables: options.variables ?? {},
      isOutTerminal: false,
      isErrorTerminal: false,
      columns: 120,
      writeOut: async (text) => {
        out += text
      },
      writeError: (text) => {
        error += text
      },
      readInput: async () => options.input ?? '',
      askHidden: async () => undefined,
    },
    options.signal ?? new AbortController().signal,
  )
  return { exit, out, error }
}
