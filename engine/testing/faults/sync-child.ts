import { readFile } from 'node:fs/promises'
import { runSubject, type SyncSubject } from './sync-subject.ts'

/** A child process that runs a sync and kills itself at the n-th of a moment: its only argument is a JSON file of this. */
export interface ChildSync {
  readonly subject: SyncSubject
  readonly killAt?: { readonly moment: string; readonly nth: number; readonly afterMs?: number }
}

const [path] = process.argv.slice(2)
if (path !== undefined) {
  const { subject, killAt }: ChildSync = JSON.parse(await readFile(path, 'utf8'))
  const stop = new AbortController()
  process.once('SIGTERM', () => stop.abort())
  const kill = (): void => void process.kill(process.pid, 'SIGKILL')
  let left = killAt?.nth ?? 0
  await runSubject(subject, {
    signal: stop.signal,
    tell: (status) =>
      process.stdout.write(`${JSON.stringify({ ...status, rssMb: process.memoryUsage.rss() / 1e6 })}\n`),
    seen: (moment) => {
      if (moment !== killAt?.moment || --left !== 0) return
      if (killAt.afterMs === undefined) kill()
      else setTimeout(kill, killAt.afterMs)
    },
  })
}
