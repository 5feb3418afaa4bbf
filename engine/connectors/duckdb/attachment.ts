import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure, isFailure } from '../../contract/failure.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { id, literal, sql } from '../../sql/sql.ts'
import { reachableFolders } from '../shared/reachable-folders.ts'

export interface DuckdbFile {
  /** The connection's name, for messages. */
  readonly source: string
  readonly path: string
}

interface Attachment {
  readonly duck: Duck
  isWritable: boolean
  users: number
  /** Attaching and detaching of one file in one DuckDB, one after another. */
  tail: Promise<unknown>
}

/**
 * What this process has attached, by DuckDB (its spill folder is its own) and file. One DuckDB attaches a file once, and two
 * DuckDBs of one process must not: POSIX locks do not keep a process from itself.
 */
const attachments = new Map<string, Attachment>()

export interface AttachedFile extends AsyncDisposable {
  /** The name of the database inside the DuckDB it was attached to. */
  readonly alias: string
}

/**
 * Attaches the file to `duck`, shared by all who ask while it is attached. A writer upgrades a read-only attachment: views over
 * it stay valid, because the alias depends on the path alone.
 * @throws Failure `source.unavailable` when the file is missing (for reading), locked by another process or not a database.
 */
export async function attachFile(duck: Duck, file: DuckdbFile, access: 'read' | 'write'): Promise<AttachedFile> {
  const alias = aliasOf(file.path)
  const key = `${duck.spillDirectory} ${alias}`
  const attachment = attachments.get(key) ?? { duck, isWritable: false, users: 0, tail: Promise.resolve() }
  attachments.set(key, attachment)
  await inTurn(attachment, async () => {
    if (attachment.users === 0 || (access === 'write' && !attachment.isWritable)) {
      if (attachment.users > 0) await duck.run(sql`DETACH ${id(alias)}`)
      await attach(duck, file, { alias, access })
      attachment.isWritable = access === 'write'
    }
    attachment.users++
  }).catch((error: unknown) => {
    if (attachment.users === 0) attachments.delete(key)
    throw error
  })
  let isReleased = false
  return {
    alias,
    [Symbol.asyncDispose]: async () => {
      if (isReleased) return
      isReleased = true
      await inTurn(attachment, async () => {
        attachment.users--
        if (attachment.users > 0) return
        attachments.delete(key)
        // The DuckDB may have been closed before its readings were; then there is nothing left to detach.
        await duck.run(sql`DETACH DATABASE IF EXISTS ${id(alias)}`).catch(() => undefined)
      })
    },
  }
}

/** The last short work on each file, by alias. */
const turns = new Map<string, Promise<unknown>>()

/**
 * Runs `work` on a DuckDB of this process that has the file attached, or on one of its own for as long as it takes. One after another:
 * who took part in the DuckDB of another such work would lose it when that one ends.
 */
export async function withFile<T>(file: DuckdbFile, work: (duck: Duck, alias: string) => Promise<T>): Promise<T> {
  const alias = aliasOf(file.path)
  const before = turns.get(alias) ?? Promise.resolve()
  const mine = before.catch(() => undefined).then(() => onFile(file, alias, work))
  turns.set(alias, mine)
  try {
    return await mine
  } finally {
    if (turns.get(alias) === mine) turns.delete(alias)
  }
}

async function onFile<T>(file: DuckdbFile, alias: string, work: (duck: Duck, alias: string) => Promise<T>): Promise<T> {
  const present = [...attachments].find(([key, { users }]) => key.endsWith(` ${alias}`) && users > 0)?.[1]
  if (present !== undefined) {
    await using shared = await attachFile(present.duck, file, 'read')
    return await work(present.duck, shared.alias)
  }
  // A view in the file is somebody's SQL: describing it must not open files elsewhere.
  const allowedDirectories = reachableFolders(dirname(file.path))
  await using duck = await openDuck({ memoryLimitMb: 256, threads: 1, allowedDirectories })
  await using own = await attachFile(duck, file, 'read')
  return await work(duck, own.alias)
}

function inTurn<T>(attachment: Attachment, work: () => Promise<T>): Promise<T> {
  const mine = attachment.tail.catch(() => undefined).then(work)
  attachment.tail = mine
  return mine
}

async function attach(
  duck: Duck,
  { source, path }: DuckdbFile,
  { alias, access }: { alias: string; access: 'read' | 'write' },
): Promise<void> {
  if (access === 'read') await assertFile(source, path)
  const mode = access === 'read' ? sql`READ_ONLY` : sql`READ_WRITE`
  try {
    await duck.run(sql`ATTACH ${literal(path)} AS ${id(alias)} (TYPE duckdb, ${mode})`)
  } catch (error) {
    if (!isFailure(error, 'sql.invalid')) throw error
    // DuckDB names the process that holds the lock, and what is wrong with a file that is no database.
    const reason = error.cause instanceof Error ? error.cause.message : error.message
    throw new Failure('source.unavailable', { source, reason }, { cause: error })
  }
}

async function assertFile(source: string, path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() === true) return
  throw new Failure('source.unavailable', { source, reason: `there is no file ${path}` })
}

function aliasOf(path: string): string {
  return `_runnel_file_${createHash('sha256').update(path).digest('hex').slice(0, 16)}`
}
