import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../../contract/failure.ts'
import { type KeptLease, keepLease } from '../../jobs/keep-lease.ts'
import type { LeaseStore } from '../../store/leases.ts'

const SUBJECT = 'server'
const HOLD_MS = 4_000
const POLL_MS = 200

/**
 * Takes the server's data for this process. After a crash the old hold runs out within seconds, so it waits that long before
 * it says that another server is there.
 * @param onLost called when the hold was lost to another process; this one must then stop
 * @throws Failure `server.data_in_use`
 */
export async function holdData(
  leases: LeaseStore,
  { owner, directory, onLost }: { readonly owner: string; readonly directory: string; readonly onLost: () => void },
): Promise<KeptLease> {
  const giveUpAt = performance.now() + HOLD_MS + 1_000
  for (;;) {
    const lease = leases.acquire(SUBJECT, owner, HOLD_MS)
    if (lease !== undefined) {
      return keepLease(leases, lease, { forMs: HOLD_MS, onLost })
    }
    if (performance.now() > giveUpAt) throw new Failure('server.data_in_use', { directory })
    await sleep(POLL_MS)
  }
}
