import { createStore, type StoreApi } from 'zustand/vanilla'
import { type EngineDoor, LinkRefused } from './engine-link.ts'
import { nextSession, retryDelayMs, type SessionEvent, type SessionState } from './session-state.ts'

export interface Session {
  readonly store: StoreApi<SessionState>
  readonly door: EngineDoor
  /** Leaves the engine's workspace and connects with another one (or none). */
  readonly choose: (workspace: string | undefined) => void
  /** Tries again with the token that is kept now. */
  readonly login: () => void
}

/** Keeps one link to the engine open: connects, connects again after a loss, says what is going on. */
export function openSession(door: EngineDoor, workspace: string | undefined): Session {
  const store = createStore<SessionState>(() => ({ phase: 'connecting', workspace, attempt: 0 }))
  let generation = 0
  const tell = (event: SessionEvent): void => {
    const before = store.getState()
    const after = nextSession(before, event)
    if (after === before) return
    store.setState(after, true)
    if (after.phase === 'connecting' || after.phase === 'lost') void connect(after.workspace, after.attempt)
  }
  const connect = async (wanted: string | undefined, attempt: number): Promise<void> => {
    generation += 1
    const mine = generation
    await new Promise((resolve) => setTimeout(resolve, retryDelayMs(attempt)))
    if (mine !== generation) return
    try {
      const link = await door.open(wanted)
      if (mine !== generation) return link.close()
      tell({ kind: 'opened', link })
      void link.ended.then((end) => tell({ kind: 'ended', link, end }))
    } catch (error) {
      if (mine === generation) tell({ kind: 'refused', end: error instanceof LinkRefused ? error.end : 'lost' })
    }
  }
  const leave = (event: SessionEvent): void => {
    const before = store.getState()
    tell(event)
    if ('link' in before) before.link.close()
  }
  void connect(workspace, 0)
  return {
    store,
    door,
    choose: (next) => leave({ kind: 'choose', workspace: next }),
    login: () => leave({ kind: 'login' }),
  }
}
