import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../contract/failure.ts'
import { id, literal, sql } from '../sql/sql.ts'
import type { Duck } from './duck.ts'

/** Says to a process where extensions lie; those that it starts are told by it too. */
export const EXTENSION_FOLDER = 'RUNNEL_EXTENSION_FOLDER'

const ENDING = '.duckdb_extension'

/** One for the whole process: extensions are code, and are loaded into it once. */
let folder = process.env[EXTENSION_FOLDER]

/** Every DuckDB that is opened from now on knows the extensions in this folder; none when undefined. */
export function takeExtensionsFrom(directory: string | undefined): void {
  folder = directory
}

/** What a process that is started has to find among its variables to take the same extensions. */
export function extensionVariables(): Readonly<Record<string, string>> {
  return folder === undefined ? {} : { [EXTENSION_FOLDER]: folder }
}

/**
 * Loads what somebody put into the folder: files in it, and those where DuckDB itself would keep them (`v1.4.1/linux_amd64/`). Nothing
 * is fetched, and DuckDB refuses what its makers did not sign. Before the configuration is locked: a locked one loads nothing.
 * @throws Failure `engine.extension_unusable`
 */
export async function loadExtensions(duck: Duck): Promise<void> {
  if (folder === undefined) return
  await duck.run(sql`SET extension_directory = ${literal(folder)}`)
  for (const name of await installed(duck, folder)) await load(name, duck.run(sql`LOAD ${id(name)}`))
  for (const file of await extensionFiles(folder)) await load(file, duck.run(sql`LOAD ${literal(join(folder, file))}`))
}

/** Names of the extensions for this DuckDB on this kind of machine. */
async function installed(duck: Duck, directory: string): Promise<string[]> {
  const [version, platform] = [
    await duck.value(sql`SELECT library_version FROM pragma_version()`),
    await duck.value(sql`SELECT platform FROM pragma_platform()`),
  ]
  const files = await extensionFiles(join(directory, String(version), String(platform)))
  return files.map((file) => file.slice(0, -ENDING.length))
}

async function extensionFiles(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => [])
  return names.filter((name) => name.endsWith(ENDING)).toSorted()
}

async function load(extension: string, loading: Promise<unknown>): Promise<void> {
  try {
    await loading
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('engine.extension_unusable', { extension, reason }, { cause: error })
  }
}
