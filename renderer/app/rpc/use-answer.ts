import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { failureOf } from '../../../engine/contract/api/failure-of.ts'
import type { EngineClient } from '../../../engine/contract/api.ts'
import type { Failure } from '../../../engine/contract/failure.ts'
import { useIsShown } from '../workbench/use-is-shown.ts'
import { useEngine } from './engine-context.ts'

/** What a component shows of a question to the engine, one state at a time. */
export type Answer<Data> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: Failure; readonly retry: () => void }
  | {
      readonly state: 'ready'
      readonly data: Data
      /** The answer of an earlier key, shown until the new one comes. */
      readonly isStale: boolean
      readonly refresh: () => void
    }

export interface AnswerOptions {
  /** Asks only when true. */
  readonly isEnabled?: boolean
  /** Keeps showing the answer of the last key while the next one is asked. */
  readonly keepsLast?: boolean
  /** Asks again so often while it is seen, and when it comes into sight again. */
  readonly refetchMs?: number
}

/**
 * Asks the engine and keeps the answer under `key`; a question that is no longer needed is cancelled.
 *
 * The first part of a key is the area of the contract: `useQueryClient().invalidateQueries({ queryKey: ['pipelines'] })` after a change
 * asks everything of that area anew.
 */
export function useAnswer<Data>(
  key: readonly unknown[],
  ask: (engine: EngineClient, signal: AbortSignal) => Promise<Data>,
  { isEnabled = true, keepsLast = false, refetchMs }: AnswerOptions = {},
): Answer<Data> {
  const engine = useEngine()
  const isShown = useIsShown()
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(engine, signal),
    enabled: isEnabled,
    ...(keepsLast ? { placeholderData: keepPreviousData } : {}),
    ...(refetchMs === undefined ? {} : { refetchInterval: isShown && refetchMs }),
  })
  const again = (): void => void query.refetch()
  const wasShown = useRef(isShown)
  useEffect(() => {
    if (isShown && !wasShown.current && refetchMs !== undefined && isEnabled) again()
    wasShown.current = isShown
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- asked when it comes into sight, however it was asked before
  }, [isShown])
  if (query.data !== undefined && !(query.isError && !query.isPlaceholderData)) {
    return { state: 'ready', data: query.data, isStale: query.isPlaceholderData, refresh: again }
  }
  if (query.isError) return { state: 'failed', failure: failureOf(query.error), retry: again }
  return { state: 'loading' }
}
