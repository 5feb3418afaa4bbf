import type { RunState } from '../../../engine/contract/run.ts'

const ENDED: ReadonlySet<RunState> = new Set(['succeeded', 'failed', 'cancelled', 'interrupted'])

export function isOver({ state }: { readonly state: RunState }): boolean {
  return ENDED.has(state)
}
