import { createContext, use } from 'react'
import type { Command } from './feature.ts'

export const CommandsContext = createContext<readonly Command[]>([])

/** Every command of every feature; features themselves cannot import the list that imports them. */
export function useCommands(): readonly Command[] {
  return use(CommandsContext)
}
