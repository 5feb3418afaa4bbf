import type { UtilityProcess } from 'electron'

const KEPT_WORDS = 4_000

/** Gives what a process wrote to standard error last. */
export function keepLastWords({ stdout, stderr }: UtilityProcess): () => string {
  let words = ''
  // A pipe that nobody reads would fill up and stop its writer.
  stdout?.resume()
  stderr?.on('data', (piece: unknown) => {
    words = (words + String(piece)).slice(-KEPT_WORDS)
  })
  return () => words
}

/** Ends it at once: a process that hangs does not hear a polite signal. One that is still being started ends once it is there. */
export function killHard(child: UtilityProcess): void {
  const { pid } = child
  if (pid === undefined) return void child.once('spawn', () => killHard(child))
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went by itself meanwhile.
  }
}
