import type { SyncState } from '../contract/sync.ts'

/** What can happen to a sync. */
export const SYNC_EVENTS = [
  'start',
  /** Source and target are ready; tables wait to be copied, or none does. */
  'prepared_to_copy',
  'prepared_to_follow',
  'copied',
  /** Everything that changed while tables were copied is applied. */
  'caught_up',
  /** A failure that may pass by itself. */
  'lost',
  'retry',
  /** A failure that will not pass by itself. */
  'refused',
  /** The source changed in a way that a person must decide about. */
  'asked',
  'stop',
] as const
export type SyncEvent = (typeof SYNC_EVENTS)[number]

type Transitions = Readonly<Partial<Record<SyncEvent, SyncState>>>

const INTERRUPTIONS: Transitions = { lost: 'waiting', refused: 'failed', asked: 'paused', stop: 'stopped' }
const AT_REST: Transitions = { start: 'preparing', stop: 'stopped' }

const TRANSITIONS: Readonly<Record<SyncState, Transitions>> = {
  preparing: { ...INTERRUPTIONS, prepared_to_copy: 'copying', prepared_to_follow: 'catching_up' },
  copying: { ...INTERRUPTIONS, copied: 'catching_up' },
  catching_up: { ...INTERRUPTIONS, caught_up: 'streaming' },
  streaming: INTERRUPTIONS,
  waiting: { retry: 'preparing', stop: 'stopped', refused: 'failed' },
  paused: AT_REST,
  failed: AT_REST,
  stopped: { start: 'preparing', stop: 'stopped' },
}

/** The state after an event; undefined when the event cannot happen in this state, which is a fault of the caller. */
export function nextState(state: SyncState, event: SyncEvent): SyncState | undefined {
  return TRANSITIONS[state][event]
}
