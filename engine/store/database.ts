import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { Failure } from '../contract/failure.ts'
import { MIGRATIONS } from './migrations.ts'

export type StoreDatabase = Database.Database

/**
 * Opens the state database: durable on every commit, checked, at the newest schema.
 *
 * Before a schema change the file is copied beside itself (`state.sqlite.before-2`), so that a crash on the way leaves the old
 * schema and a backup. A file that is damaged is never replaced by an empty one.
 * @throws Failure `store.damaged`, `store.too_new`.
 */
export function openDatabase(path: string): StoreDatabase {
  mkdirSync(dirname(path), { recursive: true })
  const existed = existsSync(path)
  const lostLog = existed && existsSync(`${path}-shm`) && !existsSync(`${path}-wal`)
  let database: StoreDatabase | undefined
  try {
    database = new Database(path, { timeout: 10_000 })
    database.pragma('journal_mode = WAL')
    // The default in WAL mode loses acknowledged commits at a power cut.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    if (existed) assertSound(database, path, lostLog)
    migrate(database, path)
    return database
  } catch (error) {
    database?.close()
    if (error instanceof Failure) throw error
    throw new Failure(
      'store.damaged',
      { path, reason: error instanceof Error ? error.message : 'unreadable' },
      { cause: error },
    )
  }
}

function assertSound(database: StoreDatabase, path: string, lostLog: boolean): void {
  const reason = database.pragma('quick_check(1)', { simple: true })
  if (reason !== 'ok') throw new Failure('store.damaged', { path, reason: String(reason) })
  if (lostLog) throw new Failure('store.damaged', { path, reason: 'its write-ahead log (-wal) was removed' })
}

function migrate(database: StoreDatabase, path: string): void {
  const version = Number(database.pragma('user_version', { simple: true }))
  if (version > MIGRATIONS.length) throw new Failure('store.too_new', { path, version })
  if (version === MIGRATIONS.length) return
  if (version > 0) {
    database.pragma('wal_checkpoint(TRUNCATE)')
    copyFileSync(path, `${path}.before-${MIGRATIONS.length}`)
  }
  const upgrade = database.transaction(() => {
    // Another process may have upgraded while this one waited for the lock.
    const from = Number(database.pragma('user_version', { simple: true }))
    for (const statement of MIGRATIONS.slice(from)) database.exec(statement)
    database.pragma(`user_version = ${MIGRATIONS.length}`)
  })
  upgrade.immediate()
}
