import { lookup } from 'node:dns/promises'
import { BlockList, isIPv6 } from 'node:net'
import { Failure } from '../../contract/failure.ts'

export interface ListenAddress {
  /** A numeric address: a name could stand for another one a moment later. */
  readonly address: string
  readonly isLoopback: boolean
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/**
 * Where to listen for `host`: an address in any spelling, or a name.
 * @param isGuarded whether there are TLS and a token
 * @throws Failure `server.insecure` when anyone but this machine could connect unguarded; `server.cannot_listen` for
 * a name that does not resolve.
 */
export async function listenAddress(host: string, isGuarded: boolean): Promise<ListenAddress> {
  const addresses = await resolveAll(host)
  const isLoopback = addresses.every(isLoopbackAddress)
  if (!isLoopback && !isGuarded) throw new Failure('server.insecure', { host })
  const [address] = addresses
  if (address === undefined) throw new Failure('server.cannot_listen', { address: host, reason: 'no such address' })
  return { address, isLoopback }
}

/** Through the resolver also for what looks like an address: it knows `0`, `127.1` and other spellings. */
async function resolveAll(host: string): Promise<string[]> {
  // An empty name means "everywhere" to the operating system.
  if (host === '') return ['::']
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  try {
    return (await lookup(bare, { all: true, order: 'ipv4first' })).map(({ address }) => address)
  } catch (cause) {
    throw new Failure('server.cannot_listen', { address: host, reason: 'the name does not resolve' }, { cause })
  }
}

function isLoopbackAddress(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/**
 * Whether a Host header names this machine itself. A web page can point a name of its own at 127.0.0.1 (DNS rebinding); its
 * requests then carry that name.
 */
export function isLoopbackHost(header: string | undefined): boolean {
  const name = /^(\[[0-9a-f:.]+\]|[^:[\]/@\s]+)(?::\d{1,5})?$/i.exec(header ?? '')?.[1]?.toLowerCase()
  if (name === undefined) return false
  if (name === 'localhost') return true
  const bare = name.replace(/^\[|\]$/g, '')
  return /^127(?:\.\d{1,3}){3}$/.test(bare) || bare === '::1'
}
