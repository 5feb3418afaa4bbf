import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Recorded } from './recording-terminal.ts'

export interface SpawnOptions {
  readonly directory?: string
  readonly variables?: Readonly<Record<string, string>>
  readonly input?: string
}

const MAIN = join(import.meta.dirname, '../main.ts')

/** Runs the real program in a process of its own with only the variables given. */
export async function spawnRunnel(args: readonly string[], options: SpawnOptions = {}): Promise<Recorded> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: options.directory ?? process.cwd(),
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...options.variables },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(options.input ?? '')
  const texts = { out: '', error: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.error += text))
  const exit = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 255)))
  })
  return { exit, ...texts }
}
