import type { EngineClient } from '../../../engine/contract/api.ts'

/** Why a link ended: nobody there or gone, a token or a workspace that the host does not accept, or our own closing. */
export type LinkEnd = 'lost' | 'token' | 'workspace' | 'closed'

/** One connection to an engine that works in one workspace (or in none). Calls under way when it ends fail. */
export interface EngineLink {
  readonly client: EngineClient
  readonly ended: Promise<LinkEnd>
  close(): void
}

/** How this page reaches an engine: over a socket, or over a port that the desktop hands in. */
export interface EngineDoor {
  readonly kind: 'desktop' | 'browser'
  /** @throws LinkRefused */
  open(workspace: string | undefined): Promise<EngineLink>
}

export class LinkRefused extends Error {
  readonly end: LinkEnd

  constructor(end: LinkEnd) {
    super(end)
    this.name = 'LinkRefused'
    this.end = end
  }
}
