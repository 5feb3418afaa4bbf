import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChildSync } from './sync-child.ts'

export interface RunningChild {
  readonly process: ChildProcess
  /** The signal that ended it, or its exit code. */
  readonly ended: Promise<string | number>
  /** All it has printed. */
  output(): string
}

let serial = 0

/** A sync in a process of its own. What it leaves in the temporary folder goes with the world. */
export async function startChildSync(child: ChildSync, nodeOptions: readonly string[] = []): Promise<RunningChild> {
  const { folder } = child.subject
  const path = join(folder, `child-${serial++}.json`)
  await writeFile(path, JSON.stringify(child))
  const started = spawn(process.execPath, [...nodeOptions, join(import.meta.dirname, 'sync-child.ts'), path], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      output += bytes.toString()
    })
  }
  const ended = once(started, 'close').then(([code, signal]: unknown[]) =>
    typeof signal === 'string' ? signal : Number(code),
  )
  return { process: started, ended, output: () => output }
}
