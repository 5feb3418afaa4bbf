import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import { optionsStored } from '../import/stored-options.ts'
import { type Refreshed, refreshEach } from './refresh-each.ts'

const NONE: ReadonlyMap<string, Refreshed> = new Map()

/** Takes snapshots again, read as this browser was told to read their datasets; closing the list stops it. */
export function useRefreshAll() {
  const engine = useEngine()
  const queries = useQueryClient()
  const [states, setStates] = useState(NONE)
  const [stopping, setStopping] = useState<AbortController>()
  const newest = useRef<AbortController>(undefined)
  useEffect(() => () => newest.current?.abort(), [])
  const start = async (datasets: readonly string[]): Promise<void> => {
    const controller = new AbortController()
    newest.current = controller
    setStopping(controller)
    setStates(NONE)
    await refreshEach({
      datasets,
      refresh: async (dataset, signal) => {
        await engine.snapshots.refresh({ dataset, options: { ...optionsStored({ dataset }) } }, { signal })
        await queries.invalidateQueries({ queryKey: ['snapshots'] })
      },
      onState: (dataset, refreshed) => setStates((before) => new Map(before).set(dataset, refreshed)),
      signal: controller.signal,
    })
    setStopping(undefined)
    await queries.invalidateQueries({ queryKey: ['data'] })
  }
  return {
    states,
    isRunning: stopping !== undefined,
    start,
    stop: (): void => stopping?.abort(),
  }
}
