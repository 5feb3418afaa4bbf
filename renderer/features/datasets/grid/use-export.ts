import { useEffect, useRef, useState } from 'react'
import type { ExportEvent } from '../../../../engine/contract/api/data.ts'
import { failureOf } from '../../../../engine/contract/api/failure-of.ts'
import type { Failure } from '../../../../engine/contract/failure.ts'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import type { ExportFormat } from './export-file.ts'

export type ExportState =
  | { readonly state: 'idle' }
  | { readonly state: 'running' | 'done'; readonly event: ExportEvent }
  | { readonly state: 'failed'; readonly failure: Failure }

export interface ExportWish {
  readonly cursor: string
  readonly format: ExportFormat
  readonly file: string
  readonly overwrite: boolean
  readonly table: string
  readonly columns: string[]
  /** Of CSV. */
  readonly escapeFormulas?: boolean
}

export interface Exporting {
  readonly now: ExportState
  readonly start: (wish: ExportWish) => void
  readonly cancel: () => void
}

/** Writes a cursor's rows to a file, with progress. Leaving ends it. */
export function useExport(): Exporting {
  const engine = useEngine()
  const [now, setNow] = useState<ExportState>({ state: 'idle' })
  const stop = useRef<AbortController>(undefined)
  useEffect(() => () => stop.current?.abort(), [])
  const follow = async (wish: ExportWish, signal: AbortSignal): Promise<void> => {
    for await (const event of await engine.data.export(wish, { signal })) {
      if (signal.aborted) return
      setNow({ state: event.isDone ? 'done' : 'running', event })
    }
  }
  return {
    now,
    start: (wish) => {
      const stopping = new AbortController()
      stop.current = stopping
      setNow({ state: 'running', event: { rows: 0, rowCount: null, isDone: false } })
      follow(wish, stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) setNow({ state: 'failed', failure: failureOf(error) })
      })
    },
    cancel: () => {
      stop.current?.abort()
      setNow({ state: 'idle' })
    },
  }
}
