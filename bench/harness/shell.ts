import { spawn } from 'node:child_process'

/** Runs a bash command line to its end; a failing part of a pipe fails it. @throws Error with what it said */
export async function shell(command: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn('bash', ['-o', 'pipefail', '-ec', command], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said = (said + piece).slice(-2_000)
  })
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (exit !== 0) throw new Error(`${command.slice(0, 200)} failed (${exit}): ${said.trim()}`)
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
