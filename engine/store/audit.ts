import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import type { StoreDatabase } from './database.ts'

export interface AuditEntry {
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly subject: string
  /** JSON; never holds a secret. */
  readonly detail: string
}

/** What was done to this engine and by whom: a chain in which every entry holds the hash of the one before. */
export interface AuditStore {
  /** Fails when it cannot be written; a security action must then fail as well. */
  add(entry: {
    readonly actor: string
    readonly action: string
    readonly subject: string
    readonly detail?: unknown
  }): void
  /** Number of the first entry that does not fit the chain, or undefined when all do. */
  firstBroken(): number | undefined
}

const rowSchema = z.object({
  sequence: z.number(),
  at: z.number(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.string(),
  previous_hash: z.string(),
  hash: z.string(),
})

export function auditStore(database: StoreDatabase, clock: Clock): AuditStore {
  const last = database.prepare('SELECT * FROM audit ORDER BY sequence DESC LIMIT 1')
  const all = database.prepare('SELECT * FROM audit ORDER BY sequence')
  const insert = database.prepare(
    `INSERT INTO audit (at, actor, action, subject, detail, previous_hash, hash)
     VALUES (@at, @actor, @action, @subject, @detail, @previousHash, @hash)`,
  )
  const add = database.transaction((entry: AuditEntry) => {
    const row = last.get()
    const previousHash = row === undefined ? '' : rowSchema.parse(row).hash
    insert.run({ ...entry, previousHash, hash: chained(previousHash, entry) })
  })
  return {
    add: ({ actor, action, subject, detail }) =>
      add.immediate({ at: clock.now(), actor, action, subject, detail: JSON.stringify(detail ?? {}) }),
    firstBroken: () => {
      let previous = ''
      let expected = 1
      for (const row of all.iterate()) {
        const { sequence, previous_hash, hash, ...entry } = rowSchema.parse(row)
        if (sequence !== expected || previous_hash !== previous || hash !== chained(previous, entry)) return expected
        previous = hash
        expected += 1
      }
      return undefined
    },
  }
}

function chained(previousHash: string, { at, actor, action, subject, detail }: AuditEntry): string {
  return createHash('sha256')
    .update(JSON.stringify([previousHash, at, actor, action, subject, detail]))
    .digest('hex')
}
