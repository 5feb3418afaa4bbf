import { type ReactNode, useCallback, useState } from 'react'
import { BrowseDialog } from './BrowseDialog.tsx'
import { type ChoosePath, ChoosePathContext, type PathQuestion } from './choose-path.ts'
import { desktopHost } from './desktop-host.ts'

interface Asked {
  readonly question: PathQuestion
  readonly answer: (path: string | undefined) => void
}

/** Answers questions for paths below it: one dialog at a time. */
export function ChoosePathProvider({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState<Asked>()
  const choose = useCallback<ChoosePath>(async (question) => {
    const desktop = desktopHost()
    if (desktop !== undefined) return desktop.choosePath(question)
    const { promise, resolve } = Promise.withResolvers<string | undefined>()
    setAsked({ question, answer: resolve })
    return promise
  }, [])
  const answer = (path: string | undefined): void => {
    asked?.answer(path)
    setAsked(undefined)
  }
  return (
    <ChoosePathContext value={choose}>
      {children}
      {asked !== undefined && <BrowseDialog question={asked.question} onAnswer={answer} />}
    </ChoosePathContext>
  )
}
