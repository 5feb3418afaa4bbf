/**
 * Runs in the isolated world of the preload script: gives it `require('electron')` as a sandboxed preload has it, and speaks with the
 * host over the binding `bound`. Must be self-contained: its source is sent to the page.
 */
export function setUpPreloadWorld(
  mark: string,
  bound: string,
  preload: (require: unknown, process: unknown) => void,
): void {
  if (window.top !== window) return
  type Listener = (event: unknown, ...given: unknown[]) => void
  interface FromHost {
    readonly kind: 'message' | 'reply' | 'port' | 'port-close'
    readonly channel: string
    readonly given: readonly unknown[]
    readonly ports: readonly number[]
    readonly id: number
    readonly isError: boolean
    readonly value: unknown
    readonly port: number
    readonly data: unknown
  }
  const listeners = new Map<string, Listener[]>()
  const replies = new Map<number, PromiseWithResolvers<unknown>>()
  const ports = new Map<number, MessagePort>()
  const exposed: unknown[] = []
  let lastId = 0

  // Bytes are the only values of a message that JSON cannot say.
  const pack = (_key: string, value: unknown): unknown =>
    value instanceof Uint8Array ? { [mark]: btoa(String.fromCharCode(...value)) } : value
  const unpack = (_key: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || !(mark in value)) return value
    return Uint8Array.from(atob(String(value[mark as keyof typeof value])), (letter) => letter.charCodeAt(0))
  }
  const toHost = (message: object): void => {
    const send: unknown = Reflect.get(globalThis, bound)
    if (typeof send === 'function') send(JSON.stringify(message, pack))
  }
  const receivePort = (port: number): MessagePort => {
    const { port1, port2 } = new MessageChannel()
    ports.set(port, port1)
    port1.addEventListener('message', ({ data }) => toHost({ kind: 'port', port, data }))
    port1.start()
    port1.addEventListener('close', () => toHost({ kind: 'port-close', port }))
    return port2
  }
  const receive = (text: string): void => {
    const message: FromHost = JSON.parse(text, unpack)
    if (message.kind === 'message') {
      const event = { ports: message.ports.map(receivePort), sender: ipcRenderer }
      for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.given)
    } else if (message.kind === 'reply') {
      const waiting = replies.get(message.id)
      replies.delete(message.id)
      if (message.isError) waiting?.reject(new Error(String(message.value)))
      else waiting?.resolve(message.value)
    } else if (message.kind === 'port') ports.get(message.port)?.postMessage(message.data)
    else {
      ports.get(message.port)?.close()
      ports.delete(message.port)
    }
  }
  Reflect.set(globalThis, `${mark}-receive`, receive)

  const ipcRenderer = Object.freeze({
    on(channel: string, listener: Listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    send: (channel: string, ...given: unknown[]) => toHost({ kind: 'send', channel, given }),
    invoke: (channel: string, ...given: unknown[]): Promise<unknown> => {
      const waiting = Promise.withResolvers<unknown>()
      lastId += 1
      replies.set(lastId, waiting)
      toHost({ kind: 'invoke', id: lastId, channel, given })
      return waiting.promise
    },
  })

  const tell = (what: string, detail: unknown): void =>
    void window.dispatchEvent(new CustomEvent(`${mark}-${what}`, { detail }))
  const describe = (value: unknown): unknown => {
    if (typeof value === 'function') return { kind: 'function', id: exposed.push(value) - 1 }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'value', value }
    return { kind: 'object', entries: Object.entries(value).map(([name, part]) => [name, describe(part)]) }
  }
  const take = (given: unknown): unknown => {
    const name = `${mark}-function`
    if (typeof given !== 'object' || given === null || !(name in given)) return given
    const id: unknown = given[name as keyof typeof given]
    return (...values: unknown[]) => tell('callback', { id, given: values })
  }
  window.addEventListener(`${mark}-call`, (event) => {
    event.stopImmediatePropagation()
    if (!(event instanceof CustomEvent)) return
    const { id, given }: { id: number; given: unknown[] } = event.detail
    const called = exposed[id]
    try {
      const value: unknown = typeof called === 'function' ? called(...given.map(take)) : undefined
      if (!(value instanceof Promise)) return tell('answer', { kind: 'value', value: describe(value) })
      lastId += 1
      const promise = lastId
      tell('answer', { kind: 'promise', promise })
      value.then(
        (settled: unknown) => tell('settled', { promise, isError: false, value: settled }),
        (error: unknown) => tell('settled', { promise, isError: true, value: String(error) }),
      )
    } catch (error) {
      tell('answer', { kind: 'error', value: String(error) })
    }
  })

  const electron = Object.freeze({
    ipcRenderer,
    contextBridge: Object.freeze({
      exposeInMainWorld: (name: string, api: unknown) => tell('expose', { name, described: describe(api) }),
    }),
    // Real paths of files are known to Chromium's browser process only; Electron too answers '' for a file made by a script.
    webUtils: Object.freeze({ getPathForFile: () => '' }),
  })
  const load = (name: string): unknown => {
    if (name === 'electron') return electron
    throw new Error(`module not found: ${name}; a sandboxed preload script has electron only`)
  }
  preload(load, Object.freeze({ platform: 'linux', sandboxed: true, contextIsolated: true, argv: [], env: {} }))
}
