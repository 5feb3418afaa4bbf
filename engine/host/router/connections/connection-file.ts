import type { ConnectionDocument } from '../../../contract/api/connections.ts'
import type { ConnectionFile } from '../../../contract/connection-file.ts'

/** A connection's file as its form says it. */
export function connectionFile({ kind, description, settings }: ConnectionDocument): ConnectionFile {
  return {
    version: 1,
    kind,
    ...(description === undefined || description === '' ? {} : { description }),
    settings,
  }
}
