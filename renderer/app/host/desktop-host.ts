import type { RunnelHost } from '../../../preload/host-api.ts'

declare global {
  interface Window {
    /** Put there by the desktop's preload script; absent in a browser. */
    readonly runnelHost?: RunnelHost
  }
}

/** What the desktop offers to its pages; undefined in a browser. */
export function desktopHost(): RunnelHost | undefined {
  return window.runnelHost
}
