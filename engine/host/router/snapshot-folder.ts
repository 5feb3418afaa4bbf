import { join } from 'node:path'
import { STATE_FOLDER } from '../../workspace/layout.ts'
import type { Workspace } from '../../workspace/workspace.ts'

/** Where the snapshots of a workspace lie; may not exist yet. */
export function snapshotFolder({ directory }: Pick<Workspace, 'directory'>): string {
  return join(directory, STATE_FOLDER, 'snapshots')
}
