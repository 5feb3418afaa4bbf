import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { Secret } from '../../base/secret.ts'
import { failureOf } from '../../contract/api/failure-of.ts'
import type { EngineClient } from '../../contract/api.ts'
import { Failure } from '../../contract/failure.ts'
import { nodeFetch } from './node-fetch.ts'

export interface RemoteOptions {
  /** `https://host:port` of a server. */
  readonly url: string
  readonly token: Secret
  /** PEM of a private certificate authority. */
  readonly ca?: string
  /** What people call it; the address when absent. */
  readonly name?: string
}

/**
 * The engine of a server. Whatever its calls throw is a Failure: the server's own, `server.unavailable` when it cannot be
 * reached, `server.unauthorized` when it does not accept the token.
 */
export function connectRemote({ url, token, ca, name }: RemoteOptions): EngineClient {
  const server = name ?? url
  const link = new RPCLink({
    url: `${url.replace(/\/+$/, '')}/rpc`,
    headers: () => ({ authorization: `Bearer ${token.reveal()}` }),
    fetch: (request) => nodeFetch(request, ca),
    interceptors: [
      async (call) => {
        try {
          return await call.next()
        } catch (error) {
          throw remoteFailure(error, server)
        }
      },
    ],
  })
  return createORPCClient(link)
}

function remoteFailure(error: unknown, server: string): unknown {
  if (error instanceof Error && error.name === 'AbortError') return error
  const failure = failureOf(error)
  if (failure.code === 'server.unauthorized') return new Failure('server.unauthorized', { server })
  if (error instanceof ORPCError) return failure
  // Nothing that the server said: the call did not get there, or its reply did not get back.
  const reason = error instanceof Error && 'code' in error ? String(error.code) : failure.message
  return new Failure('server.unavailable', { server, reason }, { cause: error })
}
