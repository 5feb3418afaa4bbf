import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { RunnelHost, StopListening } from '../../../preload/host-api.ts'
import { type EngineDoor, type EngineLink, type LinkEnd, LinkRefused } from './engine-link.ts'
import { languageHeaders } from './language-headers.ts'

/** The engine beside this window; main hands a port to it for each link. */
export function desktopDoor(host: RunnelHost): EngineDoor {
  return {
    kind: 'desktop',
    open: async (workspace) => {
      const port = await askForPort(host, workspace)
      return linkOver(port, host)
    },
  }
}

function askForPort(host: RunnelHost, workspace: string | undefined): Promise<MessagePort> {
  const request = crypto.randomUUID()
  const { promise, resolve } = Promise.withResolvers<MessagePort>()
  const onMessage = ({ source, data, ports: [port] }: MessageEvent): void => {
    if (source !== window || port === undefined || data?.runnel !== 'port' || data.request !== request) return
    window.removeEventListener('message', onMessage)
    resolve(port)
  }
  window.addEventListener('message', onMessage)
  host.requestPort(request, workspace)
  return promise
}

/**
 * The first message says that the workspace is open, or why it is not; every other one is the protocol's.
 *
 * That the engine died is told by main: not every Chromium tells that the far end of a port is gone.
 */
function linkOver(port: MessagePort, host: RunnelHost): Promise<EngineLink> {
  const { promise: opened, resolve, reject } = Promise.withResolvers<EngineLink>()
  const { promise: ended, resolve: end } = Promise.withResolvers<LinkEnd>()
  let stopListening: StopListening | undefined
  const finish = (reason: LinkEnd): void => {
    stopListening?.()
    end(reason)
    reject(new LinkRefused(reason))
  }
  port.addEventListener('close', () => finish('lost'))
  port.addEventListener(
    'message',
    ({ data }) => {
      if (data !== 'ready') return finish('workspace')
      // Whoever waits for an answer over the port hears of its end by this event.
      stopListening = onEngineEnd(host, () => port.dispatchEvent(new Event('close')))
      const client = createORPCClient<EngineLink['client']>(new RPCLink({ port, headers: languageHeaders }))
      const close = (): void => {
        finish('closed')
        port.close()
      }
      resolve({ client, ended, close })
    },
    { once: true },
  )
  port.start()
  return opened
}

/** What the engine is already when this begins is not its end: it has just answered. */
function onEngineEnd(host: RunnelHost, act: () => void): StopListening {
  let isTold = false
  const stop = host.onEngineState((state) => {
    if (isTold && (state === 'restarting' || state === 'failed')) act()
  })
  isTold = true
  return stop
}
