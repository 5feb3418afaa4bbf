import type { Lease, LeaseStore } from '../store/leases.ts'

const RENEW_MS = 1_000

/** A lease that is prolonged until it is let go. */
export interface KeptLease {
  release(): void
}

/** @param onLost called once when another owner has taken over; this one must then stop */
export function keepLease(
  leases: LeaseStore,
  lease: Lease,
  { forMs, onLost }: { readonly forMs: number; readonly onLost: () => void },
): KeptLease {
  const timer = setInterval(() => {
    if (leases.renew(lease, forMs)) return
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
