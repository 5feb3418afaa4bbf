import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'

/**
 * `fetch` that can trust a private certificate authority and that waits as long as the server works. Follows no redirect: the
 * token would go along.
 */
export async function nodeFetch(request: Request, ca: string | undefined): Promise<Response> {
  const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer())
  const url = new URL(request.url)
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const send = url.protocol === 'https:' ? tlsRequest : plainRequest
  const headers = {
    ...Object.fromEntries(request.headers),
    ...(body === undefined ? {} : { 'content-length': body.length }),
  }
  const { method, signal } = request
  const outgoing = send(url, { method, headers, signal, agent: false, ...(ca === undefined ? {} : { ca }) }, resolve)
  outgoing.on('error', reject)
  outgoing.end(body)
  const reply = await promise
  const status = reply.statusCode ?? 500
  const kept = Object.entries(reply.headers).map(([name, value]): [string, string] => [name, String(value)])
  const hasBody = ![204, 205, 304].includes(status)
  return new Response(hasBody ? bodyOf(reply) : null, { status, headers: kept })
}

function bodyOf(reply: IncomingMessage): ReadableStream<Uint8Array> {
  const pieces = reply[Symbol.asyncIterator]()
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await pieces.next()
      if (done === true) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    // A reader that has enough closes the connection.
    cancel: () => void reply.destroy(),
  })
}
