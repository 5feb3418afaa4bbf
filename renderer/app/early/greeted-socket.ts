/** A socket to the server that this page came from, and who asks for which workspace over it. */
export interface GreetedSocket {
  readonly socket: WebSocket
  /** The server's first message: it accepts the greeting, every message after it is the protocol's. Never fails. */
  readonly accepted: Promise<void>
  readonly ended: Promise<CloseEvent>
}

interface Greeting {
  readonly token: string
  readonly workspace: string | undefined
}

let early: { readonly greeting: Greeting; readonly opened: GreetedSocket } | undefined

/** Asks before anything of the studio is loaded; whoever asks the same first gets this one. */
export function greetEarly(greeting: Greeting): void {
  early = { greeting, opened: open(greeting) }
}

export function greetedSocket(greeting: Greeting): GreetedSocket {
  const asked = early
  early = undefined
  if (asked === undefined) return open(greeting)
  if (asked.greeting.token === greeting.token && asked.greeting.workspace === greeting.workspace) return asked.opened
  asked.opened.socket.close()
  return open(greeting)
}

function open({ token, workspace }: Greeting): GreetedSocket {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`)
  socket.addEventListener('open', () => socket.send(JSON.stringify({ token, workspace: workspace ?? null })))
  return {
    socket,
    accepted: new Promise((resolve) => socket.addEventListener('message', () => resolve(), { once: true })),
    ended: new Promise((resolve) => socket.addEventListener('close', resolve, { once: true })),
  }
}
