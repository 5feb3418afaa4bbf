import { useMutation, useQueryClient } from '@tanstack/react-query'
import { failureOf } from '../../../engine/contract/api/failure-of.ts'
import type { EngineClient } from '../../../engine/contract/api.ts'
import type { Failure } from '../../../engine/contract/failure.ts'
import { useEngine } from './engine-context.ts'

export interface Act<Input, Data> {
  /** Runs it; undefined when it failed, which `failure` then tells. */
  readonly run: (input: Input) => Promise<Data | undefined>
  readonly isRunning: boolean
  readonly failure: Failure | undefined
  readonly reset: () => void
}

/** Something that the engine is asked to do. Afterwards everything of `areas` is asked anew. */
export function useAct<Input, Data>(
  act: (engine: EngineClient, input: Input) => Promise<Data>,
  areas: readonly string[] = [],
): Act<Input, Data> {
  const engine = useEngine()
  const queries = useQueryClient()
  const mutation = useMutation({
    mutationFn: (input: Input) => act(engine, input),
    onSuccess: async () => {
      await Promise.all(areas.map((area) => queries.invalidateQueries({ queryKey: [area] })))
    },
  })
  return {
    run: (input) => mutation.mutateAsync(input).catch(() => undefined),
    isRunning: mutation.isPending,
    failure: mutation.isError ? failureOf(mutation.error) : undefined,
    reset: mutation.reset,
  }
}
