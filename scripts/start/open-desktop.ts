import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ALL_PARTS, buildStale } from '../build-parts.ts'
import { ROOT } from '../checks/run-tool.ts'

/** Ends with the app. Ctrl+C reaches it as well; it stops in order first. */
export async function openDesktop(program: string): Promise<void> {
  await buildStale(ALL_PARTS)
  const child = spawn(program, [join(ROOT, 'dist')], { stdio: 'inherit' })
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('close', (code) => {
    process.exitCode = code ?? 1
  })
}
