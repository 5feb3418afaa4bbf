import { connect } from 'node:net'
import { Failure } from '../../../contract/failure.ts'

/** Whether anything listens there. @throws Failure `source.unavailable` */
export async function reachPort(
  source: string,
  { host, port, connectTimeoutMs }: { readonly host: string; readonly port: number; readonly connectTimeoutMs: number },
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const socket = connect({ host, port, timeout: connectTimeoutMs })
  const fail = (reason: string): void => reject(new Failure('source.unavailable', { source, reason }))
  socket.once('connect', () => resolve(`port ${port} answers`))
  socket.once('timeout', () => fail(`port ${port} gives no answer in ${connectTimeoutMs} ms: a firewall?`))
  socket.once('error', (error) => fail('code' in error ? `${String(error.code)} on port ${port}` : error.message))
  return promise.finally(() => socket.destroy())
}
