import { randomUUID } from 'node:crypto'
import { sql } from '../../../sql/sql.ts'
import type { HeldMoment } from '../../api/changes.ts'
import { type MysqlAccess, MysqlConnection } from '../connection/mysql-connection.ts'
import { fileNumber, printPosition } from './binlog-position.ts'
import { type BinlogServer, gtidsAt } from './binlog-server.ts'

/** Connections whose transactions see a moment that is held, by its name. */
export type HeldConnections = Map<string, MysqlConnection>

/** The state of the tables at an exact place of the log, until it is disposed: one reading after another may see it. */
export async function holdMoment(
  access: MysqlAccess,
  server: BinlogServer,
  held: HeldConnections,
  signal?: AbortSignal,
): Promise<HeldMoment> {
  const connection = await MysqlConnection.open(access)
  const moment = randomUUID()
  try {
    const { name, offset } = await beginSnapshot(connection, server, signal)
    held.set(moment, connection)
    return {
      moment,
      position: printPosition({ server: server.identity, file: fileNumber(name), offset }),
      async [Symbol.asyncDispose]() {
        held.delete(moment)
        await connection[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    connection.destroy()
    throw error
  }
}

/** A position so that everything before it is visible to whoever reads from now on. */
export async function settledPosition(
  access: MysqlAccess,
  server: BinlogServer,
  signal?: AbortSignal,
): Promise<string> {
  await using connection = await MysqlConnection.open(access)
  const place = await beginSnapshot(connection, server, signal)
  const gtids = await gtidsAt(connection, server, place, signal)
  const { name, offset } = place
  const position = { server: server.identity, file: fileNumber(name), offset }
  return printPosition(gtids === undefined ? position : { ...position, gtids })
}

/**
 * The log is written before a transaction becomes visible, so its end alone is no place to begin at. MariaDB knows which place a
 * consistent snapshot belongs to (documentation, "Enhancements for START TRANSACTION WITH CONSISTENT SNAPSHOT"); MySQL does not, and
 * commits are held up for the few milliseconds in which both are looked at.
 */
async function beginSnapshot(
  connection: MysqlConnection,
  { isMariadb }: BinlogServer,
  signal: AbortSignal | undefined,
): Promise<{ readonly name: string; readonly offset: number }> {
  const begin = sql`START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY`
  if (isMariadb) {
    await connection.execute(begin, signal)
    const { rows } = await connection.rows(sql`SHOW STATUS LIKE 'binlog_snapshot_%'`, signal)
    const found = new Map(rows.map(([name, value]) => [name?.toLowerCase(), value ?? '']))
    return {
      name: found.get('binlog_snapshot_file') ?? '',
      offset: Number(found.get('binlog_snapshot_position') ?? 0),
    }
  }
  await connection.execute(sql`FLUSH TABLES WITH READ LOCK`, signal)
  await connection.execute(begin, signal)
  // MySQL 8.4 knows only the newer word.
  const { rows } = await connection
    .rows(sql`SHOW BINARY LOG STATUS`, signal)
    .catch(() => connection.rows(sql`SHOW MASTER STATUS`, signal))
  await connection.execute(sql`UNLOCK TABLES`, signal)
  return { name: rows[0]?.[0] ?? '', offset: Number(rows[0]?.[1] ?? 0) }
}
