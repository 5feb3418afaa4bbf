import { rmSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { join, literal, sql } from '../sql/sql.ts'
import { DuckConnection } from './connection.ts'
import type { Duck } from './duck.ts'
import { decodeTextExactly } from './exact-text.ts'
import { loadExtensions } from './extensions.ts'
import { type RowFunctions, registerRowFunctions } from './row-functions.ts'

export interface OpenDuckOptions extends RowFunctions {
  /** A database file, or in memory when absent. An in-memory database still spills to its folder. */
  readonly path?: string
  /** DuckDB's own limit; the process needs about twice this (PERFORMANCE technique 11). */
  readonly memoryLimitMb?: number
  readonly threads?: number
  /** Parent of the spill folder. Defaults to the system's temporary folder. */
  readonly spillParent?: string
  readonly spillLimitMb?: number
  /**
   * When set, SQL may touch only these folders (and the spill folder) and the configuration is locked.
   * Every DuckDB that runs SQL a person wrote sets it.
   */
  readonly allowedDirectories?: readonly string[]
  /** Refusals come with their place in the text (`positioned`); for checking, not for running. */
  readonly errorsAsJson?: boolean
  /** Parquet footers are read once for each version of a file; for a DuckDB that reads the same files again and again. */
  readonly keepsFooters?: boolean
}

const SPILL_PREFIX = 'runnel-spill-'
const spillFolders = new Set<string>()
const swept = new Set<string>()
// A program that ends early (a closed pipe, a second Ctrl+C) disposes nothing.
process.once('exit', () => {
  for (const folder of spillFolders) rmSync(folder, { recursive: true, force: true })
})

/** Opens a DuckDB that installs no extensions and loads those alone that somebody chose (extensions.ts), spills to a folder of its own and keeps to its limits. */
export async function openDuck(options: OpenDuckOptions = {}): Promise<Duck> {
  decodeTextExactly()
  const spillParent = options.spillParent ?? tmpdir()
  await removeAbandoned(spillParent)
  const spillDirectory = await mkdtemp(joinPath(spillParent, `${SPILL_PREFIX}${process.pid}-`))
  spillFolders.add(spillDirectory)
  const instance = await DuckDBInstance.create(options.path ?? ':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: joinPath(spillDirectory, 'duckdb'),
    max_temp_directory_size: `${options.spillLimitMb ?? 50_000}MB`,
    memory_limit: `${options.memoryLimitMb ?? 1024}MB`,
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  })
  const closeDatabase = async (): Promise<void> => {
    instance.closeSync()
    await rm(spillDirectory, { recursive: true, force: true })
    spillFolders.delete(spillDirectory)
  }
  const connection = await instance.connect()
  registerRowFunctions(connection, options)
  const duck = new DuckConnection({ instance, connection, spillDirectory, close: closeDatabase })
  try {
    await loadExtensions(duck)
  } catch (error) {
    await duck[Symbol.asyncDispose]()
    throw error
  }
  // For every connection: once the configuration is locked, later ones could not set it.
  await duck.run(sql`SET GLOBAL TimeZone = 'UTC'`)
  if (options.keepsFooters === true) await duck.run(sql`SET GLOBAL parquet_metadata_cache = true`)
  if (options.errorsAsJson === true) await duck.run(sql`SET GLOBAL errors_as_json = true`)
  if (options.allowedDirectories !== undefined) {
    const folders = [...options.allowedDirectories, spillDirectory]
    await duck.run(sql`SET allowed_directories = [${join(folders.map(literal))}]`)
    await duck.run(sql`SET enable_external_access = false`)
    await duck.run(sql`SET lock_configuration = true`)
  }
  return duck
}

/** A process that was killed leaves its spill: the next one takes it away. Looks once for each parent. */
async function removeAbandoned(parent: string): Promise<void> {
  if (swept.has(parent)) return
  swept.add(parent)
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(SPILL_PREFIX) ? Number(name.slice(SPILL_PREFIX.length).split('-')[0]) : Number.NaN
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(joinPath(parent, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
