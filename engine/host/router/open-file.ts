import { realpath, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { connectorOfKind, kindOfFile } from '../../connectors/all.ts'
import type { Connector, OpenRequest } from '../../connectors/api/connector.ts'
import { Failure } from '../../contract/failure.ts'
import { parseSettings, requireConnector } from './open-connection.ts'

/** A file, or a glob of files, that belongs to no connection. */
export interface LooseFile {
  readonly connector: Connector
  readonly request: OpenRequest<unknown>
  /** The name its connector knows the file by; undefined for a file that holds several datasets by itself. */
  readonly dataset: string | undefined
  /** Undefined for a glob. */
  readonly sizeBytes: number | undefined
}

/**
 * Chooses the connector by the file's ending, or takes the kind named.
 * @param path absolute
 * @throws Failure `connection.file_kind_unknown`, `connection.kind_unknown`
 */
export async function looseFile(path: string, kind: string | undefined, signal?: AbortSignal): Promise<LooseFile> {
  const chosen = kind ?? kindOfFile(basename(path))
  if (chosen === undefined) throw new Failure('connection.file_kind_unknown', { file: path })
  const connector = kind === undefined ? await connectorOfKind(chosen) : await requireConnector(path, kind)
  if (connector === undefined) throw new Failure('connection.file_kind_unknown', { file: path })
  // A person named this very path, so a link is followed; only links further inside a folder are refused.
  const real = await realpath(path).catch(() => path)
  const found = await stat(real).catch(() => undefined)
  const base = {
    name: basename(path),
    baseDirectory: dirname(real),
    secret: () => Promise.resolve(undefined),
    ...(signal === undefined ? {} : { signal }),
  }
  const isFolder = connector.config.safeParse({ folder: dirname(real) }).success
  const settings = isFolder ? { folder: dirname(real) } : { file: real }
  return {
    connector,
    request: { ...base, config: parseSettings(connector, basename(path), settings) },
    dataset: isFolder ? basename(real) : undefined,
    sizeBytes: found?.size,
  }
}
