import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')
const BIN = join(ROOT, 'node_modules/.bin')

/** Programs of node_modules first, the Node that runs this among them: the system's own may be too old. No colour, plain C locale. */
const ENVIRONMENT = {
  ...process.env,
  PATH: [BIN, process.env['PATH'] ?? ''].join(delimiter),
  NO_COLOR: '1',
  FORCE_COLOR: undefined,
  LC_ALL: 'C.UTF-8',
}

export interface ToolResult {
  readonly exit: number
  readonly stdout: string
  /** Both streams, in the order in which they came. */
  readonly output: string
}

/** Runs a program of node_modules in the root of the repository to its end. */
export async function runTool(name: string, args: readonly string[]): Promise<ToolResult> {
  const child = spawn(join(BIN, name), args, { cwd: ROOT, env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    stdout += piece
    output += piece
  })
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    output += piece
  })
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.on('error', reject)
  // A program that was killed did not succeed.
  child.on('close', (code) => resolve(code ?? 1))
  return { exit: await promise, stdout, output }
}

/** The same, with its output passed on as it comes, and more variables. */
export async function passTool(
  name: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<number> {
  const { FORCE_COLOR: _, ...inherited } = ENVIRONMENT
  const env = { ...inherited, ...variables }
  const child = spawn(join(BIN, name), args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] })
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.on('error', reject)
  child.on('close', (code) => resolve(code ?? 1))
  return promise
}
