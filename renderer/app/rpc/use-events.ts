import { useEffect, useState } from 'react'
import { failureOf } from '../../../engine/contract/api/failure-of.ts'
import type { EngineClient } from '../../../engine/contract/api.ts'
import type { Failure } from '../../../engine/contract/failure.ts'
import { useEngine } from './engine-context.ts'

export interface EventStream<State> {
  readonly value: State
  readonly phase: 'open' | 'ended' | 'failed'
  readonly failure?: Failure
}

/** How often the page is drawn for events that come in a row. */
const DRAW_MS = 100

interface Listening<Event, State> {
  /** A change of it begins anew. Nothing is listened to while undefined. */
  readonly key: string | undefined
  readonly open: (engine: EngineClient, signal: AbortSignal) => Promise<AsyncIterable<Event>>
  readonly initial: State
  /** Pure. */
  readonly reduce: (state: State, event: Event) => State
}

/** Folds a stream of events of the engine into a value; drawn at most ten times a second however many come. */
export function useEvents<Event, State>({ key, open, initial, reduce }: Listening<Event, State>): EventStream<State> {
  const engine = useEngine()
  const [stream, setStream] = useState<EventStream<State>>({ value: initial, phase: 'open' })
  useEffect(() => {
    if (key === undefined) return
    const listening = new AbortController()
    let value = initial
    let drawing: ReturnType<typeof setTimeout> | undefined
    const draw = (last: Omit<EventStream<State>, 'value'>): void => {
      clearTimeout(drawing)
      drawing = undefined
      if (!listening.signal.aborted) setStream({ value, ...last })
    }
    const follow = async (): Promise<void> => {
      for await (const event of await open(engine, listening.signal)) {
        value = reduce(value, event)
        drawing ??= setTimeout(() => draw({ phase: 'open' }), DRAW_MS)
      }
    }
    setStream({ value: initial, phase: 'open' })
    follow().then(
      () => draw({ phase: 'ended' }),
      (error: unknown) => draw({ phase: 'failed', failure: failureOf(error) }),
    )
    return () => {
      clearTimeout(drawing)
      listening.abort()
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key stands for what the callbacks close over
  }, [key, engine])
  return stream
}
