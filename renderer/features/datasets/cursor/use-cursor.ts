import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { failureOf } from '../../../../engine/contract/api/failure-of.ts'
import type { EngineClient } from '../../../../engine/contract/api.ts'
import type { Arrangement, Opened } from '../../../../engine/contract/cursor.ts'
import type { Failure } from '../../../../engine/contract/failure.ts'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import { CursorSession, type CursorView } from './cursor-session.ts'

export interface CursorQuestion {
  /** A change opens anew; nothing is opened while undefined. */
  readonly key: string | undefined
  readonly open: (engine: EngineClient, signal: AbortSignal) => Promise<Opened>
}

export type CursorState =
  | { readonly state: 'closed' }
  | { readonly state: 'opening' }
  | { readonly state: 'failed'; readonly failure: Failure; readonly retry: () => void }
  | { readonly state: 'open'; readonly session: CursorSession; readonly reopen: () => void }

/** A cursor for as long as it is shown. */
export function useCursor({ key, open }: CursorQuestion): CursorState {
  const engine = useEngine()
  const [round, setRound] = useState(0)
  const [state, setState] = useState<CursorState>({ state: 'closed' })
  useEffect(() => {
    if (key === undefined) return setState({ state: 'closed' })
    const stop = new AbortController()
    let session: CursorSession | undefined
    const again = (): void => setRound((count) => count + 1)
    const start = async (): Promise<void> => {
      try {
        session = new CursorSession(engine.data, await open(engine, stop.signal))
        if (stop.signal.aborted) session.close()
        else setState({ state: 'open', session, reopen: again })
      } catch (error) {
        if (!stop.signal.aborted) setState({ state: 'failed', failure: failureOf(error), retry: again })
      }
    }
    setState({ state: 'opening' })
    void start()
    return () => {
      stop.abort()
      session?.close()
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key stands for what is opened, the round for another try
  }, [engine, key, round])
  return state
}

/** What an open cursor shows now. */
export function useCursorView(session: CursorSession): CursorView {
  return useSyncExternalStore(session.subscribe, session.view)
}

/** Arranges the rows of a cursor; the newest wish ends the one before. */
export function useArrange(session: CursorSession): (arrangement: Arrangement) => void {
  const [wish, setWish] = useState<Arrangement>()
  useEffect(() => {
    if (wish === undefined) return
    const stop = new AbortController()
    void session.arrange(wish, stop.signal)
    return () => stop.abort()
  }, [session, wish])
  return useCallback((arrangement) => setWish(arrangement), [])
}
