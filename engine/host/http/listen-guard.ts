import { isIP } from 'node:net'
import { Failure } from '../../contract/failure.ts'

/** Whether an address to listen on can only be reached from this machine. Names are not looked up: only `localhost` counts. */
export function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  if (plain === 'localhost') return true
  if (isIP(plain) === 4) return plain.startsWith('127.')
  return plain === '::1' || plain.startsWith('::ffff:127.')
}

/**
 * Beyond this machine only with TLS and a token.
 * @throws Failure `server.insecure` before anything listens
 */
export function assertListenAllowed(listen: {
  readonly host: string
  readonly hasTls: boolean
  readonly hasToken: boolean
}): void {
  if (isLoopback(listen.host) || (listen.hasTls && listen.hasToken)) return
  throw new Failure('server.insecure', { host: listen.host })
}

/**
 * Whether the Host header may be believed when listening on loopback: a page whose name was pointed at 127.0.0.1 (DNS
 * rebinding) sends its own name.
 */
export function isHostAllowed(header: string | undefined, listenHost: string): boolean {
  if (!isLoopback(listenHost)) return true
  if (header === undefined) return false
  return isLoopback(header.replace(/:\d+$/, ''))
}
