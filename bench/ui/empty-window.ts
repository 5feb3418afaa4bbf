import { createServer } from 'node:http'

// A page with one word in it, at an address of its own: the least that any studio in a browser is. Prints where it is.

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>Empty</title><nav>here</nav>')
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`http://127.0.0.1:${address?.port}/`)
})
