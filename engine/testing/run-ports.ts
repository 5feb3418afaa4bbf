import { connectorOfKind } from '../connectors/all.ts'
import type { Connector, OpenRequest } from '../connectors/api/connector.ts'
import { keyringForTests } from '../govern/masking/keyring.ts'
import type { RunPorts, SnapshotRef } from '../run/ports.ts'

/** Connections of a test: kind and settings by name. */
export type TestConnections = Readonly<Record<string, { readonly kind: string; readonly settings: unknown }>>

export interface TestPorts extends RunPorts {
  readonly events: Parameters<RunPorts['emit']>[0][]
}

export interface TestPortOptions {
  /** By `connection:name`. */
  readonly snapshots?: Readonly<Record<string, SnapshotRef>>
  /** Gives every secret of every connection. */
  readonly secret?: OpenRequest<unknown>['secret']
}

/** Ports over the product's real connectors. Relative paths of settings are taken from `baseDirectory`. */
export async function testPorts(
  baseDirectory: string,
  connections: TestConnections,
  { snapshots = {}, secret = () => Promise.resolve(undefined) }: TestPortOptions = {},
): Promise<TestPorts> {
  const connectors = new Map<string, Connector>()
  for (const [name, { kind }] of Object.entries(connections)) {
    const connector = await connectorOfKind(kind)
    if (connector === undefined) throw new Error(`no connector of kind ${kind}`)
    connectors.set(name, connector)
  }
  const of = (name: string): Connector => {
    const connector = connectors.get(name)
    if (connector === undefined) throw new Error(`no connection ${name}`)
    return connector
  }
  const events: TestPorts['events'] = []
  return {
    events,
    openSession: async (name, signal) =>
      of(name).open({
        name,
        config: of(name).config.parse(connections[name]?.settings),
        baseDirectory,
        secret,
        ...(signal === undefined ? {} : { signal }),
      }),
    parseOptions: (name, side, options) => of(name)[side].parse(options ?? {}),
    snapshot: ({ connection, name }) => Promise.resolve(snapshots[`${connection}:${name}`]),
    keys: (names) => Promise.resolve(keyringForTests(names)),
    emit: (event) => events.push(event),
  }
}
