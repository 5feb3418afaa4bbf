import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fileFolder, resolveFiles } from '../../connectors/shared/file-folder.ts'
import { parseDatasetRef } from '../../contract/dataset.ts'
import { isFailure } from '../../contract/failure.ts'
import type { PipelineFile } from '../../contract/pipeline-file.ts'
import { sourcesOf } from '../../run/compiler.ts'
import { fileState } from './file-state.ts'
import { type ConnectionSource, readyConnection } from './open-connection.ts'

interface SourceFile {
  readonly node: string
  /** ISO 8601. */
  readonly changedAt: string
}

/**
 * When the files of a pipeline's source nodes were changed last; nodes of which that cannot be seen, as of servers, are left out. Of
 * several files that one name stands for the last change counts; that one was taken away is not seen.
 */
export async function sourceFiles(source: ConnectionSource, file: PipelineFile): Promise<SourceFile[]> {
  const loaded = new Set(
    Object.values(file.nodes).flatMap((config) =>
      config.type === 'target' && typeof config['dataset'] === 'string' ? [config['dataset'].split(':')[0]] : [],
    ),
  )
  const files: SourceFile[] = []
  for (const { node, dataset } of sourcesOf(file)) {
    const { connection, name } = parseDatasetRef(dataset)
    if (loaded.has(connection)) continue
    const changed = await changedMs(source, connection, name).catch((error: unknown) => {
      // A connection that is not there or not whole has problems of its own, which are told elsewhere.
      if (!isFailure(error)) throw error
      return undefined
    })
    if (changed !== undefined) files.push({ node, changedAt: new Date(changed).toISOString() })
  }
  return files
}

async function changedMs(source: ConnectionSource, connection: string, name: string): Promise<number | undefined> {
  const state = await fileState(source, connection, name)
  if (state.kind === 'file') return state.changedAtMs
  return state.kind === 'unseen' ? changedAmongMs(source, connection, name) : undefined
}

const inFolderSchema = z.object({ folder: z.string() })

/** Of the files of a pattern, or below a folder. */
async function changedAmongMs(source: ConnectionSource, connection: string, name: string): Promise<number | undefined> {
  const { request } = await readyConnection(source, connection)
  const { data: place } = inFolderSchema.safeParse(request.config)
  if (place === undefined) return undefined
  const folder = fileFolder(connection, place.folder, request.baseDirectory)
  const [pattern = ''] = name.split('!')
  const below = await stat(join(folder.path, pattern)).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const files = await resolveFiles(folder, below ? `${pattern.replace(/\/+$/, '')}/**` : pattern, [])
  const times = files.flatMap(({ fingerprint: { modifiedNs, changedNs } }) => [modifiedNs, changedNs])
  return Math.max(...times.map((ns) => Number(ns / 1_000_000n)))
}
