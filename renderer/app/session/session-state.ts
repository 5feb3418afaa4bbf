import type { EngineLink, LinkEnd } from './engine-link.ts'

/** What the studio shows as a whole. */
export type SessionState =
  /** The host wants a token, or refused the one it got. */
  | { readonly phase: 'login'; readonly isRefused: boolean }
  | { readonly phase: 'connecting'; readonly workspace: string | undefined; readonly attempt: number }
  | { readonly phase: 'ready'; readonly workspace: string | undefined; readonly link: EngineLink }
  /** The engine went away; the last client stays so that what is shown stays. */
  | {
      readonly phase: 'lost'
      readonly workspace: string | undefined
      readonly link: EngineLink
      readonly attempt: number
    }

export type SessionEvent =
  | { readonly kind: 'opened'; readonly link: EngineLink }
  | { readonly kind: 'refused'; readonly end: LinkEnd }
  | { readonly kind: 'ended'; readonly link: EngineLink; readonly end: LinkEnd }
  | { readonly kind: 'login' }
  | { readonly kind: 'choose'; readonly workspace: string | undefined }

/** Pure: what follows from an event. An event that says nothing new in a state leaves it as it is. */
export function nextSession(state: SessionState, event: SessionEvent): SessionState {
  switch (event.kind) {
    case 'opened':
      return { phase: 'ready', workspace: workspaceOf(state), link: event.link }
    case 'refused':
      return afterEnd(state, event.end)
    case 'ended':
      // An older link ends when another workspace is chosen: that is no news.
      return 'link' in state && state.link === event.link ? afterEnd(state, event.end) : state
    case 'login':
      return { phase: 'connecting', workspace: undefined, attempt: 0 }
    case 'choose':
      return { phase: 'connecting', workspace: event.workspace, attempt: 0 }
    default:
      return event satisfies never
  }
}

function afterEnd(state: SessionState, end: LinkEnd): SessionState {
  if (end === 'closed') return state
  if (end === 'token') return { phase: 'login', isRefused: state.phase !== 'login' }
  // A workspace that is not there any more: Home can open another.
  if (end === 'workspace') return { phase: 'connecting', workspace: undefined, attempt: 0 }
  const workspace = workspaceOf(state)
  switch (state.phase) {
    case 'ready':
      return { phase: 'lost', workspace, link: state.link, attempt: 0 }
    case 'lost':
      return { ...state, attempt: state.attempt + 1 }
    case 'connecting':
      return { ...state, attempt: state.attempt + 1 }
    case 'login':
      return state
    default:
      return state satisfies never
  }
}

export function workspaceOf(state: SessionState): string | undefined {
  return state.phase === 'login' ? undefined : state.workspace
}

/** Milliseconds to wait before attempt `attempt` (0 is the first, at once); at most 5 s. */
export function retryDelayMs(attempt: number): number {
  return attempt === 0 ? 0 : Math.min(5_000, 200 * 2 ** (attempt - 1))
}
