import { execFile } from 'node:child_process'
import { access, constants, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Debian keeps servers out of an ordinary user's PATH. */
const SERVER_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/libexec']

/** The first of `names` that can be executed, on PATH or where systems keep servers. */
export async function findProgram(...names: readonly string[]): Promise<string | undefined> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''), ...SERVER_FOLDERS]
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name)
      const isExecutable = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
      if (isExecutable) return path
    }
  }
  return undefined
}

/** Installs packages with apt-get. No service is started. */
export async function installPackages(packages: readonly string[]): Promise<void> {
  // The package manager refuses to work without the system's own folders on PATH.
  const path = [process.env['PATH'] ?? '', '/usr/sbin', '/sbin'].join(delimiter)
  const env = { ...process.env, PATH: path, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-q'], { env })
  const allowServices = await forbidServices()
  try {
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env })
  } finally {
    await allowServices()
  }
}

/** Programs and the Debian package that has each. */
export type NeededPrograms = Readonly<Record<string, string>>

/**
 * Paths of programs by name; what is missing is installed, in one go.
 * @throws Error that names the packages when this machine cannot install them.
 */
export async function requirePrograms(needed: NeededPrograms): Promise<(program: string) => string> {
  const missing = await missingPrograms(needed)
  if (missing.length > 0) {
    const packages = [...new Set(missing.map((program) => needed[program] ?? program))]
    if (process.getuid?.() !== 0 || (await findProgram('apt-get')) === undefined) {
      const named = missing.join(', ')
      throw new Error(`the tests need ${named}: install ${packages.join(', ')} (as root with apt-get on Debian)`)
    }
    await installPackages(packages)
  }
  const paths = new Map<string, string>()
  for (const program of Object.keys(needed)) {
    const path = await findProgram(program)
    if (path === undefined) throw new Error(`apt-get installed ${needed[program]}, but ${program} is still not found`)
    paths.set(program, path)
  }
  return (program) => {
    const path = paths.get(program)
    if (path === undefined) throw new TypeError(`${program} was not asked for`)
    return path
  }
}

async function missingPrograms(needed: NeededPrograms): Promise<string[]> {
  const missing: string[] = []
  for (const program of Object.keys(needed)) if ((await findProgram(program)) === undefined) missing.push(program)
  return missing
}

/** Debian asks this script before a package starts its service; 101 means no. One that is already there decides itself. */
async function forbidServices(): Promise<() => Promise<void>> {
  const policy = '/usr/sbin/policy-rc.d'
  try {
    await writeFile(policy, '#!/bin/sh\nexit 101\n', { flag: 'wx', mode: 0o755 })
  } catch {
    return () => Promise.resolve()
  }
  return () => rm(policy)
}
