import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { Failure } from '../../contract/failure.ts'

/** What somebody sent to a webhook. */
export interface Delivery {
  /** The sender's own, or made from the body: the same id is the same delivery. */
  readonly id: string
  /** ms since 1970 */
  readonly receivedAt: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface StoredDelivery extends Delivery {
  /** From 1, in the order in which they came. */
  readonly sequence: bigint
}

/** The deliveries of one webhook: a file of its own, since one process takes them and another reads them. */
export interface DeliveryStore extends Disposable {
  /** On the disk when it returns. False where the id is there already. */
  add(delivery: Delivery): boolean
  /** Those behind a sequence, in order. */
  after(sequence: bigint, limit: number): StoredDelivery[]
  last(): bigint
  /** How far a reader has come; undefined when it is not known. */
  reader(name: string): bigint | undefined
  /** Makes a reader known that has everything up to here, or moves it on; never back. */
  acknowledge(name: string, sequence: bigint): void
  forgetReader(name: string): void
  /** Removes of what came before a time and that every reader has the oldest, a hundred at most; gives how many. */
  prune(receivedBefore: number): number
}

const SCHEMA_VERSION = 1
const PRUNED_AT_ONCE = 100
const SCHEMA = `
  CREATE TABLE deliveries (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    received_at INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE readers (name TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT;
  PRAGMA user_version = ${SCHEMA_VERSION};
`

const rowSchema = z
  .object({ sequence: z.bigint(), id: z.string(), received_at: z.bigint(), headers: z.string(), body: z.string() })
  .transform(({ received_at, headers, ...row }) => ({
    ...row,
    receivedAt: Number(received_at),
    headers: z.record(z.string(), z.string()).parse(JSON.parse(headers)),
  }))
const sequenceSchema = z.object({ sequence: z.bigint().nullable() })

/** @throws Failure `store.damaged`, `store.too_new` */
export function openDeliveries(path: string): DeliveryStore {
  const database = openFile(path)
  const insert = database.prepare(
    // A conflict would use a number up.
    `INSERT INTO deliveries (id, received_at, headers, body)
     SELECT @id, @receivedAt, @headers, @body WHERE NOT EXISTS (SELECT 1 FROM deliveries WHERE id = @id)`,
  )
  const select = database.prepare('SELECT * FROM deliveries WHERE sequence > ? ORDER BY sequence LIMIT ?')
  // Also of what was removed: AUTOINCREMENT never gives a sequence twice.
  const last = database.prepare(`SELECT max(seq) AS sequence FROM sqlite_sequence WHERE name = 'deliveries'`)
  const reader = database.prepare('SELECT sequence FROM readers WHERE name = ?')
  const moveOn = database.prepare(
    `INSERT INTO readers (name, sequence) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET sequence = max(sequence, excluded.sequence)`,
  )
  const forget = database.prepare('DELETE FROM readers WHERE name = ?')
  // The oldest few only: it is asked for at every delivery, which must not take longer the more are kept.
  const prune = database.prepare(
    `DELETE FROM deliveries WHERE received_at < ? AND sequence IN (
       SELECT sequence FROM deliveries WHERE sequence <= (SELECT min(sequence) FROM readers) ORDER BY sequence LIMIT ${PRUNED_AT_ONCE})`,
  )
  return {
    add: ({ id, receivedAt, headers, body }) =>
      insert.run({ id, receivedAt, headers: JSON.stringify(headers), body }).changes === 1,
    after: (sequence, limit) => select.all(sequence, limit).map((row) => rowSchema.parse(row)),
    last: () => sequenceOf(last.get()) ?? 0n,
    reader: (name) => sequenceOf(reader.get(name)),
    acknowledge: (name, sequence) => void moveOn.run(name, sequence),
    forgetReader: (name) => void forget.run(name),
    prune: (receivedBefore) => prune.run(receivedBefore).changes,
    [Symbol.dispose]: () => void database.close(),
  }
}

function sequenceOf(row: unknown): bigint | undefined {
  return row === undefined ? undefined : (sequenceSchema.parse(row).sequence ?? undefined)
}

function openFile(path: string): Database.Database {
  mkdirSync(dirname(path), { recursive: true })
  const existed = existsSync(path)
  try {
    const database = new Database(path, { timeout: 10_000 })
    database.defaultSafeIntegers(true)
    database.pragma('journal_mode = WAL')
    // A delivery is acknowledged to its sender: it must survive a power cut.
    database.pragma('synchronous = FULL')
    const make = database.transaction(() => {
      const version = Number(database.pragma('user_version', { simple: true }))
      if (version > SCHEMA_VERSION) throw new Failure('store.too_new', { path, version })
      if (version === 0) database.exec(SCHEMA)
    })
    make.immediate()
    return database
  } catch (error) {
    if (error instanceof Failure) throw error
    const reason = error instanceof Error ? error.message : 'unreadable'
    throw new Failure(
      existed ? 'store.damaged' : 'source.unavailable',
      { path, source: path, reason },
      { cause: error },
    )
  }
}
