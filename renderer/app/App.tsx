import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { Language } from '../../engine/contract/localized.ts'
import { Appearance } from './appearance/Appearance.tsx'
import { COMMANDS } from './features.ts'
import { CommandsContext } from './features-context.ts'
import { usePreferences } from './preferences/preferences.ts'
import { EngineContext } from './rpc/engine-context.ts'
import type { EngineLink } from './session/engine-link.ts'
import type { Session } from './session/session.ts'
import { SessionContext } from './session/session-context.ts'
import { ConnectingPage } from './shell/ConnectingPage.tsx'
import { LoginPage } from './shell/LoginPage.tsx'
import { Shell } from './shell/Shell.tsx'
import { tabOf } from './workbench/tab.ts'
import { WorkbenchContext } from './workbench/use-workbench.ts'
import { openWorkbench } from './workbench/workbench.ts'

interface AppProps {
  readonly session: Session
}

/** The whole studio: who may come in, then the workbench of one workspace. */
export function App({ session }: AppProps) {
  return (
    <SessionContext value={session}>
      <Appearance>
        <SessionPage session={session} />
      </Appearance>
    </SessionContext>
  )
}

function SessionPage({ session }: AppProps) {
  const state = useStore(session.store)
  switch (state.phase) {
    case 'login':
      return <LoginPage isRefused={state.isRefused} onLogin={session.login} />
    case 'connecting':
      return <ConnectingPage attempt={state.attempt} />
    case 'ready':
    case 'lost':
      return <WorkspacePage key={state.workspace ?? ''} workspace={state.workspace} session={session} />
    default:
      return state satisfies never
  }
}

/** Everything that belongs to one workspace; another one begins with nothing of it. */
function WorkspacePage({ workspace, session }: AppProps & { readonly workspace: string | undefined }) {
  const state = useStore(session.store)
  const workbench = useMemo(() => openWorkbench(workspace, localStorage, tabOf({ kind: 'home' })), [workspace])
  const queries = useMemo(
    () =>
      new QueryClient({
        defaultOptions: { queries: { retry: false, staleTime: 15_000, refetchOnWindowFocus: false } },
      }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- another workspace begins with no answers of this one
    [workspace],
  )
  const language = usePreferences((preferences) => preferences.language)
  useAskAgain(queries, 'link' in state ? state.link : undefined, language)
  if (!('link' in state)) return null
  return (
    <EngineContext value={state.link.client}>
      <QueryClientProvider client={queries}>
        <WorkbenchContext value={workbench}>
          <CommandsContext value={COMMANDS}>
            <Shell workspace={workspace} isLost={state.phase === 'lost'} />
          </CommandsContext>
        </WorkbenchContext>
      </QueryClientProvider>
    </EngineContext>
  )
}

/**
 * What is shown is asked anew over a new link: the questions that were under way ended with the old one, and its engine may know more.
 * In another language too: the engine tells of problems in the language it is asked in.
 */
function useAskAgain(queries: QueryClient, link: EngineLink | undefined, language: Language): void {
  const before = useRef({ link, language })
  useEffect(() => {
    const isOther = before.current.link !== link || before.current.language !== language
    if (isOther && link !== undefined) void queries.invalidateQueries()
    before.current = { link, language }
  }, [queries, link, language])
}
