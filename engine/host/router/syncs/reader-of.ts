import type { ReaderState } from '../../../connectors/api/changes.ts'
import type { SyncReader } from '../../../contract/sync.ts'

/** What is told of a reader; undefined while the source knows none. */
export function readerOf(state: ReaderState | undefined): SyncReader | undefined {
  if (state === undefined) return undefined
  const { position: _position, ...told } = state
  return told
}
