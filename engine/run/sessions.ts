import type { Session } from '../connectors/api/session.ts'
import { parseDatasetRef } from '../contract/dataset.ts'
import type { RunPorts } from './ports.ts'

/** Sessions of one run: one for each connection, opened when first asked for, all closed together. */
export interface RunSessions extends AsyncDisposable {
  /** The session of the connection that `dataset` (`connection:name`) belongs to. */
  of(dataset: string): Promise<Session>
  /** Folders that the sessions opened so far let DuckDB touch. */
  folders(): readonly string[]
}

export function openSessions(ports: Pick<RunPorts, 'openSession'>, signal?: AbortSignal): RunSessions {
  const opening = new Map<string, Promise<Session>>()
  const open: Session[] = []
  return {
    of: (dataset) => {
      const { connection } = parseDatasetRef(dataset)
      const known = opening.get(connection)
      if (known !== undefined) return known
      const session = ports.openSession(connection, signal).then((opened) => {
        open.push(opened)
        return opened
      })
      opening.set(connection, session)
      return session
    },
    folders: () => open.flatMap(({ folders }) => folders ?? []),
    [Symbol.asyncDispose]: async () => {
      await Promise.allSettled(opening.values())
      for (const session of open.toReversed()) await session[Symbol.asyncDispose]()
    },
  }
}
