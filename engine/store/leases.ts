import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import type { StoreDatabase } from './database.ts'

/** The right to work on something, until a time. `fence` rises with every new owner: a late writer is told by its old number. */
export interface Lease {
  readonly subject: string
  readonly owner: string
  readonly fence: number
}

export interface LeaseStore {
  /** Takes the lease when nobody holds it or its time is over. Undefined when another owner holds it. */
  acquire(subject: string, owner: string, forMs: number): Lease | undefined
  /** Prolongs; false when the lease was lost, and then the work must stop. */
  renew(lease: Lease, forMs: number): boolean
  release(lease: Lease): void
  /** Whether anybody holds it now. */
  isHeld(subject: string): boolean
  /**
   * Prolongs and writes in one transaction, so that nobody can take over in between. False, with nothing written, when the lease
   * was lost: an owner that slept is told by its old number.
   */
  whileHeld(lease: Lease, forMs: number, write: () => void): boolean
}

const rowSchema = z.object({ owner: z.string(), fence: z.number(), until: z.number() })

export function leaseStore(database: StoreDatabase, clock: Clock): LeaseStore {
  const find = database.prepare('SELECT owner, fence, until FROM leases WHERE subject = ?')
  const put = database.prepare(
    `INSERT INTO leases (subject, owner, fence, until) VALUES (@subject, @owner, @fence, @until)
     ON CONFLICT (subject) DO UPDATE SET owner = excluded.owner, fence = excluded.fence, until = excluded.until`,
  )
  const prolong = database.prepare('UPDATE leases SET until = ? WHERE subject = ? AND owner = ? AND fence = ?')
  const held = (subject: string): z.infer<typeof rowSchema> | undefined => {
    const row = find.get(subject)
    return row === undefined ? undefined : rowSchema.parse(row)
  }
  const acquire = database.transaction((subject: string, owner: string, forMs: number): Lease | undefined => {
    const row = held(subject)
    const now = clock.now()
    if (row !== undefined && row.until > now && row.owner !== owner) return undefined
    const lease = { subject, owner, fence: (row?.fence ?? 0) + 1 }
    put.run({ ...lease, until: now + forMs })
    return lease
  })
  const renew = ({ subject, owner, fence }: Lease, forMs: number): boolean =>
    prolong.run(clock.now() + forMs, subject, owner, fence).changes === 1
  const whileHeld = database.transaction((lease: Lease, forMs: number, write: () => void): boolean => {
    if (!renew(lease, forMs)) return false
    write()
    return true
  })
  return {
    acquire: (subject, owner, forMs) => acquire.immediate(subject, owner, forMs),
    renew,
    release: ({ subject, owner, fence }) => void prolong.run(0, subject, owner, fence),
    isHeld: (subject) => (held(subject)?.until ?? 0) > clock.now(),
    whileHeld: (lease, forMs, write) => whileHeld.immediate(lease, forMs, write),
  }
}
