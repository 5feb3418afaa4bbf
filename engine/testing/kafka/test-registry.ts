import { once } from 'node:events'
import { createServer } from 'node:http'

/** A registry of schemas for tests: knows the requests that reading needs, and counts them. */
export interface TestRegistry extends AsyncDisposable {
  readonly url: string
  /** Gives the number of a schema. */
  register(
    schema: object,
    more?: { readonly subject?: string; readonly references?: readonly object[]; readonly schemaType?: string },
  ): number
  readonly requests: readonly string[]
}

export async function startTestRegistry(login?: string): Promise<TestRegistry> {
  const byNumber: object[] = []
  const bySubject = new Map<string, object>()
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    requests.push(path)
    const wanted = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`
    if (wanted !== undefined && request.headers.authorization !== wanted) return void response.writeHead(401).end()
    const number = /^\/schemas\/ids\/(\d+)$/.exec(path)?.[1]
    const subject = /^\/subjects\/(.+)\/versions\/\d+$/.exec(path)?.[1]
    const found = number === undefined ? bySubject.get(decodeURIComponent(subject ?? '')) : byNumber[Number(number) - 1]
    if (found === undefined) response.writeHead(404).end('{"error_code":40403}')
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(found))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    requests,
    register(schema, { subject, ...more } = {}) {
      const entry = { schema: JSON.stringify(schema), ...more }
      byNumber.push(entry)
      if (subject !== undefined) bySubject.set(subject, entry)
      return byNumber.length
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
