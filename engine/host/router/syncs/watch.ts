import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { SyncStanding } from '../../../contract/api/syncs.ts'
import type { SyncLogEntry } from '../../../contract/sync.ts'
import type { SyncService } from '../sync-service.ts'

const POLL_MS = 400
const LOG_PAGE = 500

interface Watched {
  readonly standing: SyncStanding
  readonly log: SyncLogEntry[]
}

/** Polls the store, since the sync may be run by another process. Ends when nobody listens. */
export async function* watchSync(
  { runner, store }: SyncService,
  { sync, afterSequence }: { readonly sync: string; readonly afterSequence: number },
  signal?: AbortSignal,
): AsyncGenerator<Watched> {
  let last = afterSequence
  let told: SyncStanding | undefined
  for (;;) {
    if (signal?.aborted === true) return
    const standing = runner.standing(sync)
    const log = store
      .log(sync, { limit: LOG_PAGE })
      .filter(({ sequence }) => sequence > last)
      .toReversed()
    if (log.length > 0 || !isDeepStrictEqual(standing, told)) yield { standing, log }
    last = log.at(-1)?.sequence ?? last
    told = standing
    await sleep(POLL_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
  }
}
