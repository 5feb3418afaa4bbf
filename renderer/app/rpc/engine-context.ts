import { createContext, use } from 'react'
import type { EngineClient } from '../../../engine/contract/api.ts'

export const EngineContext = createContext<EngineClient | undefined>(undefined)

/** The engine of the open workspace. Only inside the workbench. */
export function useEngine(): EngineClient {
  const engine = use(EngineContext)
  if (engine === undefined) throw new Error('useEngine outside of the workbench')
  return engine
}
