import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../../contract/failure.ts'
import type { LeaseStore } from '../../store/leases.ts'

const SUBJECT = 'server'
const HOLD_MS = 4_000
const RENEW_MS = 1_000
const POLL_MS = 200

/** That this process, and no other, works with a server's data. */
export interface DataHold {
  release(): void
}

/**
 * Takes the server's data for this process. After a crash the old hold runs out within seconds, so it waits that long before
 * it says that another server is there.
 * @param onLost called when the hold was lost to another process; this one must then stop
 * @throws Failure `server.data_in_use`
 */
export async function holdData(
  leases: LeaseStore,
  { owner, directory, onLost }: { readonly owner: string; readonly directory: string; readonly onLost: () => void },
): Promise<DataHold> {
  const giveUpAt = performance.now() + HOLD_MS + 1_000
  for (;;) {
    const lease = leases.acquire(SUBJECT, owner, HOLD_MS)
    if (lease !== undefined) {
      const timer = setInterval(() => {
        if (leases.renew(lease, HOLD_MS)) return
        clearInterval(timer)
        onLost()
      }, RENEW_MS)
      return {
        release: () => {
          clearInterval(timer)
          leases.release(lease)
        },
      }
    }
    if (performance.now() > giveUpAt) throw new Failure('server.data_in_use', { directory })
    await sleep(POLL_MS)
  }
}
