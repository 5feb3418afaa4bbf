import type { ChangeSource } from '../../api/changes.ts'
import type { MysqlAccess, MysqlConnection } from '../connection/mysql-connection.ts'
import { askServer, type BinlogPlace, currentPosition, findPosition } from './binlog-server.ts'
import { columnsFilled } from './columns-filled.ts'
import { type HeldConnections, holdMoment, settledPosition } from './hold-moment.ts'
import { MysqlFeed } from './mysql-feed.ts'

/**
 * Change capture from the binary log in rows. The server keeps its log for a time and for nobody in particular: a reader is only the
 * position that the target has.
 */
export function mysqlChanges(access: MysqlAccess, connection: MysqlConnection, held: HeldConnections): ChangeSource {
  const server = (signal?: AbortSignal) => askServer(connection, access.name, signal)
  let found: { readonly position: string; readonly place: BinlogPlace } | undefined
  return {
    prepare: async ({ known, signal }) => {
      const asked = await server(signal)
      if (known === undefined) return { position: await settledPosition(access, asked, signal), isNew: true }
      found = { position: known, place: await findPosition(connection, asked, known, signal) }
      return { position: known, isNew: false }
    },
    state: () => Promise.resolve(undefined),
    hold: async (signal) => holdMoment(access, await server(signal), held, signal),
    now: async () => currentPosition(connection, await server()),
    fills: (dataset, columns, signal) => columnsFilled({ connection, access }, { dataset, columns }, signal),
    open: async (request) => {
      const { from } = request
      if (from !== undefined) {
        const place = found?.position === from ? found.place : undefined
        found = undefined
        return MysqlFeed.open(access, { ...request, from }, place)
      }
      return MysqlFeed.open(access, { ...request, from: await settledPosition(access, await server(), request.signal) })
    },
    forget: () => Promise.resolve(),
  }
}
