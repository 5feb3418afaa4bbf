import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { type EngineDoor, type EngineLink, type LinkEnd, LinkRefused } from './engine-link.ts'
import { languageHeaders } from './language-headers.ts'

/** The code with which the server closes a socket whose greeting it does not accept; the reason says what. */
const POLICY_VIOLATION = 1008

/** The engine of the server that this page came from. */
export function browserDoor(token: () => string | undefined): EngineDoor {
  return { kind: 'browser', open: (workspace) => openSocket(token(), workspace) }
}

function openSocket(token: string | undefined, workspace: string | undefined): Promise<EngineLink> {
  if (token === undefined) return Promise.reject(new LinkRefused('token'))
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`)
  const { promise: opened, resolve, reject } = Promise.withResolvers<EngineLink>()
  const { promise: ended, resolve: end } = Promise.withResolvers<LinkEnd>()
  let isClosing = false
  socket.addEventListener('open', () => socket.send(JSON.stringify({ token, workspace: workspace ?? null })))
  socket.addEventListener('close', (event) => {
    const reason = isClosing ? 'closed' : endOf(event)
    end(reason)
    reject(new LinkRefused(reason))
  })
  // The first message says that the greeting was accepted; every other one is the protocol's.
  socket.addEventListener(
    'message',
    () => {
      const client = createORPCClient<EngineLink['client']>(
        new RPCLink({ websocket: socket, headers: languageHeaders }),
      )
      const close = (): void => {
        isClosing = true
        socket.close()
      }
      resolve({ client, ended, close })
    },
    { once: true },
  )
  return opened
}

function endOf({ code, reason }: CloseEvent): LinkEnd {
  if (code !== POLICY_VIOLATION) return 'lost'
  return reason === 'workspace' ? 'workspace' : 'token'
}
