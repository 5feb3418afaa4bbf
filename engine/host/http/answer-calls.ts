import { OpenAPIHandler } from '@orpc/openapi/fastify'
import { RPCHandler } from '@orpc/server/fastify'
import { RPCHandler as SocketHandler } from '@orpc/server/ws'
import { experimental_ZodSmartCoercionPlugin as CoerceQueryText } from '@orpc/zod/zod4'
import { inCallersLanguage } from '../callers-language.ts'
import type { HostContext } from '../router/context.ts'
import { router } from '../router/router.ts'
import { guardCalls, type ReportError, reportFaults } from './guard-calls.ts'

/** What answers the calls of each door. */
export interface Answering {
  readonly rpc: RPCHandler<HostContext>
  readonly api: OpenAPIHandler<HostContext>
  readonly sockets: SocketHandler<HostContext>
}

/** The contract with everything behind it: whoever imports this loads the whole engine. */
export function answerCalls(onError: ReportError, stopping: AbortSignal): Answering {
  // Plugins add to the lists they are given: one list for each handler.
  const guards = () => ({
    rootInterceptors: [inCallersLanguage],
    interceptors: [reportFaults(onError)],
    clientInterceptors: [guardCalls(onError, stopping)],
  })
  return {
    rpc: new RPCHandler(router, guards()),
    api: new OpenAPIHandler(router, { ...guards(), plugins: [new CoerceQueryText()] }),
    sockets: new SocketHandler(router, {
      rootInterceptors: [inCallersLanguage],
      clientInterceptors: [guardCalls(onError, stopping)],
    }),
  }
}
