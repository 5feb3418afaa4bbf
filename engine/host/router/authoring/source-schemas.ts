import type { Column } from '../../../contract/column.ts'
import { parseDatasetRef } from '../../../contract/dataset.ts'
import { type Failure, isFailure, toFailure } from '../../../contract/failure.ts'
import type { PipelineFile } from '../../../contract/pipeline-file.ts'
import { sourcesOf } from '../../../run/compiler.ts'
import { liveSources } from '../../../run/live-sources.ts'
import type { NamedSource } from '../../../run/sample-source.ts'
import { findSnapshot } from '../../../run/snapshot.ts'
import { fileState } from '../file-state.ts'
import { rememberColumns } from '../known-columns.ts'
import type { ConnectionSource } from '../open-connection.ts'
import { designPorts } from '../run-ports.ts'
import { snapshotFolder } from '../snapshot-folder.ts'
import type { AuthoringDesk } from './desk.ts'

export interface SourceSchemas {
  /** Columns by source node, of the sources that are known. */
  readonly schemas: ReadonlyMap<string, readonly Column[]>
  /** Why a source is not known, by source node. */
  readonly failures: ReadonlyMap<string, Failure>
}

export interface SchemaRequest {
  readonly source: ConnectionSource
  readonly desk: AuthoringDesk
  readonly offline: boolean
  readonly signal?: AbortSignal | undefined
}

/**
 * The columns of every source of a pipeline: from the system, or from the snapshot when it does not answer or nobody wants it
 * asked. One source that fails leaves the others known.
 */
export async function sourceSchemas(file: PipelineFile, request: SchemaRequest): Promise<SourceSchemas> {
  const schemas = new Map<string, readonly Column[]>()
  const failures = new Map<string, Failure>()
  await Promise.all(
    sourcesOf(file).map(async (named) => {
      try {
        const columns = await columnsOf(named, request)
        if (columns !== undefined) schemas.set(named.node, columns)
      } catch (error) {
        if (isFailure(error, 'work.cancelled')) throw error
        failures.set(named.node, toFailure(error))
      }
    }),
  )
  return { schemas, failures }
}

async function columnsOf(named: NamedSource, request: SchemaRequest): Promise<readonly Column[] | undefined> {
  if (request.offline) return snapshotColumns(named, request)
  try {
    return await liveColumns(named, request)
  } catch (error) {
    if (isFailure(error, 'work.cancelled')) throw error
    const columns = await snapshotColumns(named, request)
    if (columns === undefined) throw error
    return columns
  }
}

/**
 * Remembered by everything the answer depends on: of a file also by its state, of a server for a short while. Others may wait for
 * the same answer, so it does not end with the one who asked first.
 */
async function liveColumns(
  named: NamedSource,
  { source, desk }: SchemaRequest,
): Promise<readonly Column[] | undefined> {
  const { workspace, environment } = source
  const { connection, name } = parseDatasetRef(named.dataset)
  const settings = workspace.connections.get(connection)
  const ofEnvironment = workspace.environments.get(environment ?? workspace.file.environment ?? '')
  const file = await fileState(source, connection, name)
  const asked = [workspace.directory, named.dataset, named.options, settings, environment, ofEnvironment, file]
  return desk.schemas.of(JSON.stringify(asked), file.kind === 'unseen', async () => {
    await using live = liveSources(await designPorts(source))
    const columns = (await live.describe([named])).get(named.node) ?? []
    await rememberColumns(workspace, named.dataset, columns)
    return columns
  })
}

async function snapshotColumns(
  { dataset }: NamedSource,
  { source }: SchemaRequest,
): Promise<readonly Column[] | undefined> {
  return (await findSnapshot(snapshotFolder(source.workspace), parseDatasetRef(dataset)))?.columns
}
