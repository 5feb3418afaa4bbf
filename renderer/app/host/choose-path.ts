import { createContext, use } from 'react'

export interface PathQuestion {
  readonly kind: 'folder' | 'file'
  /** What the dialog says on its top. */
  readonly title: string
  /** What its button says. */
  readonly action: string
  /** Endings with their dot; all files when absent. */
  readonly extensions?: readonly string[]
  readonly startAt?: string
  /** A folder that is not there yet may be named. */
  readonly mayBeNew?: boolean
}

/** Asks a person for a path on the engine's machine; undefined when they changed their mind. */
export type ChoosePath = (question: PathQuestion) => Promise<string | undefined>

export const ChoosePathContext = createContext<ChoosePath | undefined>(undefined)

/** The dialog of the operating system on a desktop; in a browser one of our own, inside the folders that the server allows. */
export function useChoosePath(): ChoosePath {
  const choose = use(ChoosePathContext)
  if (choose === undefined) throw new Error('useChoosePath outside of the workbench')
  return choose
}
