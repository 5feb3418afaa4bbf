import type { SyncStanding } from '../../../../engine/contract/api/syncs.ts'
import type { SyncLogEntry } from '../../../../engine/contract/sync.ts'
import { type EventStream, useEvents } from '../../../app/rpc/use-events.ts'

/** A moment of a sync, for the charts. */
export interface Moment {
  readonly at: string
  readonly changesPerSecond: number
  readonly lagBytes: number
}

export interface Watched {
  /** Undefined until the first answer. */
  readonly standing: SyncStanding | undefined
  /** Newest first. */
  readonly log: readonly SyncLogEntry[]
  /** Oldest first, since the page was opened. */
  readonly moments: readonly Moment[]
}

const MOST_MOMENTS = 240
const MOST_ENTRIES = 500
const NOTHING: Watched = { standing: undefined, log: [], moments: [] }

/** How a sync stands, for as long as its page is open. */
export function useWatched(sync: string): EventStream<Watched> {
  return useEvents({
    key: sync,
    open: (engine, signal) => engine.syncs.watch({ sync }, { signal }),
    initial: NOTHING,
    reduce: watchedWith,
  })
}

/** Pure. */
export function watchedWith(
  before: Watched,
  { standing, log }: { readonly standing: SyncStanding; readonly log: readonly SyncLogEntry[] },
): Watched {
  return {
    standing,
    log: [...log.toReversed(), ...before.log].slice(0, MOST_ENTRIES),
    moments: withMoment(before.moments, standing),
  }
}

function withMoment(moments: readonly Moment[], { status, isRun }: SyncStanding): readonly Moment[] {
  if (status === undefined || !isRun || moments.at(-1)?.at === status.updatedAt) return moments
  const { updatedAt: at, changesPerSecond, lagBytes } = status
  return [...moments, { at, changesPerSecond, lagBytes }].slice(-MOST_MOMENTS)
}
