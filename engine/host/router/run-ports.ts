import type { Connector } from '../../connectors/api/connector.ts'
import { Failure } from '../../contract/failure.ts'
import { openKeyring } from '../../govern/masking/keyring.ts'
import type { RunPorts } from '../../run/ports.ts'
import { findSnapshot } from '../../run/snapshot.ts'
import { type ConnectionSource, openSession, parseOptions, requireConnector } from './open-connection.ts'
import { snapshotFolder } from './snapshot-folder.ts'

/**
 * The connections of a workspace as a run sees them. Loads the code of every connector the workspace names, since options are
 * parsed without waiting.
 * @param parts snapshots and events, which differ between a run, a preview and a test
 */
export async function runPorts(
  source: ConnectionSource,
  parts: Pick<RunPorts, 'snapshot' | 'emit'>,
): Promise<RunPorts> {
  const connectors = new Map<string, Connector>()
  for (const [name, { kind }] of source.workspace.connections) {
    // A kind that does not exist matters only to who uses that connection; `openSession` says so then.
    const connector = await requireConnector(name, kind).catch(() => undefined)
    if (connector !== undefined) connectors.set(name, connector)
  }
  return {
    ...parts,
    keys: (names) => openKeyring(names, (name) => source.secrets.get(name)),
    openSession: (connection, signal) => openSession(source, connection, signal),
    parseOptions: (connection, side, options) => {
      const connector = connectors.get(connection)
      if (connector === undefined) throw new Failure('workspace.name_unknown', { kind: 'connection', name: connection })
      return parseOptions(connector, connection, side, options)
    },
  }
}

/** For work at the desk: snapshots of the workspace, and nobody to tell about progress. */
export function designPorts(source: ConnectionSource): Promise<RunPorts> {
  const folder = snapshotFolder(source.workspace)
  return runPorts(source, { snapshot: (dataset) => findSnapshot(folder, dataset), emit: () => undefined })
}
