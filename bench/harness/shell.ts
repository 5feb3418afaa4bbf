import { spawn } from 'node:child_process'

/** Runs a bash command line to its end and gives what it printed; a failing part of a pipe fails it. @throws Error with what it said */
export async function shell(command: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn('bash', ['-o', 'pipefail', '-ec', command], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said = (said + piece).slice(-2_000)
  })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    printed += piece
  })
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (exit !== 0) throw new Error(`${command.slice(0, 200)} failed (${exit}): ${said.trim()}`)
  return printed
}

/** @throws Error that names what is missing */
export async function requirePrograms(names: readonly string[]): Promise<void> {
  for (const name of names) {
    await shell(`command -v ${name}`, {}).catch(() => {
      throw new Error(
        `${name} is not on the PATH; the floor is measured with it (Debian: postgresql-client, mariadb-client)`,
      )
    })
  }
}
