import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { Secret } from '../../base/secret.ts'
import type { EngineClient } from '../../contract/api.ts'
import { Failure } from '../../contract/failure.ts'

export interface RemoteEngine {
  /** For messages. */
  readonly name: string
  readonly url: string
  readonly token: Secret
}

/**
 * An engine somewhere else, called like the one in this process.
 *
 * Calls fail with `server.unavailable` when it cannot be reached and `server.unauthorized` when it does not know the token.
 */
export function connectRemote({ name, url, token }: RemoteEngine): EngineClient {
  const link = new RPCLink({
    url: `${url.replace(/\/+$/, '')}/rpc`,
    headers: () => ({ authorization: `Bearer ${token.reveal()}` }),
    fetch: async (request, init) => {
      const reply = await fetch(request, { ...init, redirect: 'error' }).catch((error: unknown) => {
        if (request.signal.aborted) throw error
        throw new Failure('server.unavailable', { server: name, reason: causeOf(error) }, { cause: error })
      })
      if (reply.status === 401) throw new Failure('server.unauthorized', { server: name })
      return reply
    },
  })
  return createORPCClient(link)
}

/** What undici hides behind `fetch failed`. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message
}
