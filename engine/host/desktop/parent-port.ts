/** One end of a channel as Electron gives it to a Node process. */
export interface EnginePort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(message: unknown): void
  start(): void
  close(): void
}

export interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly EnginePort[] }) => void,
  ): unknown
  postMessage(message: unknown): void
}

/** The way from a utility process of Electron to main; undefined in any other process. */
export function findParentPort(utility: object): ParentPort | undefined {
  return 'parentPort' in utility && isParentPort(utility.parentPort) ? utility.parentPort : undefined
}

function isParentPort(port: unknown): port is ParentPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port
}
