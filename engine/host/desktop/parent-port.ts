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

/** @throws where the process is no utility process of Electron. */
export function parentPortOf(utility: object): ParentPort {
  if (!('parentPort' in utility) || !isParentPort(utility.parentPort)) {
    throw new Error('the desktop engine runs in a utility process of Electron only')
  }
  return utility.parentPort
}

function isParentPort(port: unknown): port is ParentPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port
}
