import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, '../engine/host/cli/runnel.mjs')

export interface RunnelCall {
  readonly directory: string
  readonly variables?: Readonly<Record<string, string>>
  readonly input?: string
}

/** Starts the command line as a person would. Standard error goes to the terminal. */
export function startRunnel(args: readonly string[], { directory, variables }: RunnelCall): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], {
    cwd: directory,
    env: { ...process.env, ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

/** Runs a command to its end and gives what it printed. Throws when it does not exit with 0. */
export async function runnel(args: readonly string[], call: RunnelCall): Promise<string> {
  const child = startRunnel(args, call)
  child.stdin?.end(call.input ?? '')
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (exit !== 0) throw new Error(`runnel ${args.join(' ')} exited with ${exit}: ${text}`)
  return text
}
