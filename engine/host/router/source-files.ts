import { parseDatasetRef } from '../../contract/dataset.ts'
import { isFailure } from '../../contract/failure.ts'
import type { PipelineFile } from '../../contract/pipeline-file.ts'
import { sourcesOf } from '../../run/compiler.ts'
import { fileState } from './file-state.ts'
import type { ConnectionSource } from './open-connection.ts'

interface SourceFile {
  readonly node: string
  /** ISO 8601. */
  readonly changedAt: string
}

/** When the files of a pipeline's source nodes were changed last; nodes of which that cannot be seen are left out. */
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
    const state = await fileState(source, connection, name).catch((error: unknown) => {
      // A connection that is not there or not whole has problems of its own, which are told elsewhere.
      if (!isFailure(error)) throw error
      return undefined
    })
    if (state?.kind === 'file') files.push({ node, changedAt: new Date(state.changedAtMs).toISOString() })
  }
  return files
}
