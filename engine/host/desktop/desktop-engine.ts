import { RPCHandler } from '@orpc/server/message-port'
import { Secret } from '../../base/secret.ts'
import { toFailure } from '../../contract/failure.ts'
import type { Language } from '../../contract/localized.ts'
import { inCallersLanguage } from '../callers-language.ts'
import type { HostContext } from '../router/context.ts'
import { router } from '../router/router.ts'
import { workspaceSessions } from '../studio/workspace-sessions.ts'
import type { OpenWorkerProcess } from '../worker/worker-process.ts'
import type { EnginePort } from './parent-port.ts'
import { PORT_READY, type PortRefusal } from './protocol.ts'

export interface DesktopEngineOptions {
  readonly dataDirectory: string
  readonly workspacesDirectory: string
  readonly language: Language
  readonly secretKey?: string | undefined
  readonly openWorker: OpenWorkerProcess
}

interface Asked {
  readonly workspace?: string | undefined
  readonly language: Language
}

export interface DesktopEngine {
  /**
   * Serves the contract on `port` in one workspace (or none), after `PORT_READY` as the first message. A workspace that cannot be
   * opened is answered with a `PortRefusal` and the port closed. What calls opened ends with the port.
   */
  connect(port: EnginePort, asked: Asked): Promise<void>
}

/** The engine behind the windows of one desktop. Sessions of one workspace share its runs, which outlive the windows. */
export function openDesktopEngine(
  { dataDirectory, workspacesDirectory, language, secretKey, openWorker }: DesktopEngineOptions,
  environment: NodeJS.ProcessEnv,
): DesktopEngine {
  const key = secretKey === undefined ? undefined : new Secret(secretKey)
  const askKey = key === undefined ? {} : { askKey: () => Promise.resolve(key) }
  const studio = { kind: 'desktop' as const, dataDirectory, workspacesDirectory }
  const sessions = workspaceSessions({ language, variables: environment, openWorker, studio, ...askKey })
  const handler = new RPCHandler<HostContext>(router, { rootInterceptors: [inCallersLanguage] })
  return {
    connect: async (port, asked) => {
      let isClosed = false
      port.on('close', () => {
        isClosed = true
      })
      try {
        const session = await sessions.open(asked.workspace, 'desktop')
        const dispose = (): void => void session.resources?.[Symbol.asyncDispose]()
        if (isClosed) return dispose()
        port.on('close', dispose)
        handler.upgrade(port, { context: { ...session, language: asked.language } })
        port.start()
        port.postMessage(PORT_READY)
      } catch (error) {
        const refusal: PortRefusal = { refused: toFailure(error).toJSON() }
        port.start()
        port.postMessage(refusal)
        port.close()
      }
    },
  }
}
