import { kindOfFile } from '../../connectors/all.ts'
import type { Connector } from '../../connectors/api/connector.ts'
import type { Session } from '../../connectors/api/session.ts'
import type { RowsFrom } from '../../contract/api/data.ts'
import { parseDatasetRef } from '../../contract/dataset.ts'
import { Failure } from '../../contract/failure.ts'
import { allowedPath } from './allowed-folders.ts'
import { connectionSource } from './connection-source.ts'
import type { HostContext } from './context.ts'
import { readyConnection } from './open-connection.ts'
import { looseFile } from './open-file.ts'

/** A dataset with an open session to read it with; the caller disposes the session. */
export interface FoundDataset {
  readonly connector: Connector
  readonly session: Session
  /** The connection's name, or the file's. */
  readonly name: string
  readonly dataset: string
  /** Undefined where it is not known, or says little (a compressed file). */
  readonly sizeBytes: number | undefined
}

type StoredFrom = Exclude<RowsFrom, { sql: string }>

/** @throws Failure `file.outside_folder`, and those of opening a connection */
export async function findDataset(
  context: HostContext,
  from: StoredFrom,
  { environment }: { readonly environment?: string | undefined },
  signal: AbortSignal | undefined,
): Promise<FoundDataset> {
  return 'file' in from ? fromFile(context, from, signal) : fromConnection(context, from.dataset, environment, signal)
}

async function fromFile(
  context: HostContext,
  { file: path, kind, dataset: named }: Extract<StoredFrom, { file: string }>,
  signal: AbortSignal | undefined,
): Promise<FoundDataset> {
  const file = await looseFile(await allowedFile(context, path), kind, signal)
  const session = await file.connector.open(file.request)
  try {
    const dataset = named ?? file.dataset ?? (await onlyDataset(session, path))
    const sizeBytes = isPacked(path) ? undefined : file.sizeBytes
    return { connector: file.connector, session, name: file.request.name, dataset, sizeBytes }
  } catch (error) {
    await session[Symbol.asyncDispose]()
    throw error
  }
}

/** The path as given where every path may be read: its own name is what a person knows. */
async function allowedFile({ allowedFolders }: HostContext, path: string): Promise<string> {
  return allowedFolders === undefined ? path : allowedPath(allowedFolders, path)
}

/** Of a file that holds several datasets (a database) the only one; which one is for a person to say. */
async function onlyDataset(session: Session, path: string): Promise<string> {
  const datasets = await session.list({})
  const [only, another] = datasets
  if (only !== undefined && another === undefined) return only.name
  throw new Failure('data.dataset_not_named', { file: path, datasets: datasets.slice(0, 20).map(({ name }) => name) })
}

async function fromConnection(
  context: HostContext,
  ref: string,
  environment: string | undefined,
  signal: AbortSignal | undefined,
): Promise<FoundDataset> {
  const { connection, name: dataset } = parseDatasetRef(ref)
  const source = await connectionSource(context, environment)
  const { connector, request } = await readyConnection(source, connection, signal)
  const session = await connector.open(request)
  // Only a file's listing is cheap and tells its size.
  const isFile = kindOfFile(dataset) === connector.kind
  const listed = isFile ? await session.list({ search: dataset }).catch(() => []) : []
  const sizeBytes = isPacked(dataset) ? undefined : listed.find(({ name }) => name === dataset)?.sizeBytes
  return { connector, session, name: connection, dataset, sizeBytes }
}

/** A compressed file may unfold to any size. */
function isPacked(name: string): boolean {
  return /\.(gz|zst)$/i.test(name)
}
