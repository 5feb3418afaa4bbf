import type { TFunction } from 'i18next'
import { createContext, use } from 'react'

export type StepText = TFunction<readonly ['pipelines', 'canvas']>

/** Of all nodes of a drawing, looked up once: nodes come and go by the hundred while it is moved about. */
export const StepTexts = createContext<StepText | undefined>(undefined)

/** Only inside a drawing. */
export function useStepTexts(): StepText {
  const t = use(StepTexts)
  if (t === undefined) throw new Error('useStepTexts outside of a drawing')
  return t
}
