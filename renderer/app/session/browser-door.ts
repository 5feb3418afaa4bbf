import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { greetedSocket } from '../early/greeted-socket.ts'
import { type EngineDoor, type EngineLink, type LinkEnd, LinkRefused } from './engine-link.ts'
import { languageHeaders } from './language-headers.ts'

/** The code with which the server closes a socket whose greeting it does not accept; the reason says what. */
const POLICY_VIOLATION = 1008

/** The engine of the server that this page came from. */
export function browserDoor(token: () => string | undefined): EngineDoor {
  return { kind: 'browser', open: (workspace) => openLink(token(), workspace) }
}

async function openLink(token: string | undefined, workspace: string | undefined): Promise<EngineLink> {
  if (token === undefined) throw new LinkRefused('token')
  const { socket, accepted, ended: closed } = greetedSocket({ token, workspace })
  let isClosing = false
  const ended = closed.then((event) => (isClosing ? 'closed' : endOf(event)))
  const refused = await Promise.race([accepted, ended])
  if (refused !== undefined) throw new LinkRefused(refused)
  return {
    client: createORPCClient<EngineLink['client']>(new RPCLink({ websocket: socket, headers: languageHeaders })),
    ended,
    close: () => {
      isClosing = true
      socket.close()
    },
  }
}

function endOf({ code, reason }: CloseEvent): LinkEnd {
  if (code !== POLICY_VIOLATION) return 'lost'
  return reason === 'workspace' ? 'workspace' : 'token'
}
