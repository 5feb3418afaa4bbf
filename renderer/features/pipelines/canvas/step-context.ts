import type { TFunction } from 'i18next'
import { createContext, use } from 'react'

/** What all nodes of a drawing share, worked out once: nodes come and go by the hundred while it is moved about. */
export interface StepSurroundings {
  readonly t: TFunction<readonly ['pipelines', 'canvas']>
  /** Seen from so far that nothing inside of a node could be told apart. */
  readonly isFar: boolean
}

export const StepContext = createContext<StepSurroundings | undefined>(undefined)

/** Only inside a drawing. */
export function useSurroundings(): StepSurroundings {
  const surroundings = use(StepContext)
  if (surroundings === undefined) throw new Error('useSurroundings outside of a drawing')
  return surroundings
}
