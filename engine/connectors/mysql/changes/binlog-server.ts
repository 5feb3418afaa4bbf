import { Failure } from '../../../contract/failure.ts'
import { literal, sql, trusted } from '../../../sql/sql.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import { checksum, fileNumber, GtidPosition, parsePosition, printPosition } from './binlog-position.ts'

/** What there is to know of a server before its binary log is read. */
export interface BinlogServer {
  readonly source: string
  readonly isMariadb: boolean
  /** Tells this server's log from that of another one. */
  readonly identity: string
  readonly hasChecksums: boolean
  /** Whether names of tables that differ by letter case only are one. */
  readonly foldsCase: boolean
}

interface BinlogFile {
  readonly name: string
  readonly number: number
  readonly sizeBytes: number
}

/** Settings without which rows do not come whole, by name; another value is refused with the statement that mends it. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  log_bin: ['ON', '1'],
  binlog_format: ['ROW'],
  binlog_row_image: ['FULL'],
  binlog_row_metadata: ['FULL'],
  binlog_row_value_options: [''],
  binlog_transaction_compression: ['OFF', '0'],
}

/** @throws Failure `changes.unavailable` when the server does not write its changes as they are needed */
export async function askServer(
  connection: MysqlConnection,
  source: string,
  signal?: AbortSignal,
): Promise<BinlogServer> {
  const names = [
    ...Object.keys(NEEDED),
    'server_id',
    'server_uuid',
    'binlog_checksum',
    'lower_case_table_names',
    'version',
  ]
  const { rows } = await connection.rows(
    sql`SHOW GLOBAL VARIABLES WHERE Variable_name IN (${trusted(names.map((name) => `'${name}'`).join(', '))})`,
    signal,
  )
  const values = new Map(rows.map(([name, value]) => [name ?? '', value ?? '']))
  for (const [name, wanted] of Object.entries(NEEDED)) {
    const value = values.get(name)
    // What a server does not know it does not do; but without metadata the columns have no names.
    if (value === undefined && name !== 'binlog_row_metadata') continue
    if (wanted.includes(value ?? '')) continue
    throw new Failure('changes.unavailable', {
      source,
      reason: `${name} is ${value ?? 'unknown'}, not ${wanted[0] ?? ''}`,
    })
  }
  const uuid = values.get('server_uuid') ?? ''
  return {
    source,
    isMariadb: /mariadb/i.test(values.get('version') ?? ''),
    identity: uuid === '' ? `server ${values.get('server_id')}` : uuid,
    hasChecksums: values.get('binlog_checksum') === 'CRC32',
    foldsCase: values.get('lower_case_table_names') !== '0',
  }
}

/** Files of the binary log, oldest first. */
export async function binlogFiles(connection: MysqlConnection, signal?: AbortSignal): Promise<BinlogFile[]> {
  const { rows } = await connection.rows(sql`SHOW BINARY LOGS`, signal)
  return rows.map(([name, size]) => ({
    name: name ?? '',
    number: fileNumber(name ?? ''),
    sizeBytes: Number(size ?? 0),
  }))
}

/** The end of the log: everything that was committed is before it. */
export async function currentPosition(
  connection: MysqlConnection,
  { identity }: BinlogServer,
  signal?: AbortSignal,
): Promise<string> {
  const last = (await binlogFiles(connection, signal)).at(-1)
  return printPosition({ server: identity, file: last?.number ?? 0, offset: last?.sizeBytes ?? 0 })
}

/** GTID position of MariaDB at a place of its log; undefined where the server has none, or no such place. */
export async function gtidsAt(
  connection: MysqlConnection,
  { isMariadb }: BinlogServer,
  place: { readonly name: string; readonly offset: number },
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (!isMariadb) return undefined
  const text = await connection.value(
    sql`SELECT BINLOG_GTID_POS(${literal(place.name)}, ${literal(place.offset)})`,
    signal,
  )
  return text === null ? undefined : new GtidPosition(text).toString()
}

/** The protocol has four bytes for a place in a file. */
const LARGEST_OFFSET = 0xffff_ffff

export interface BinlogPlace {
  readonly name: string
  readonly offset: number
  readonly gtids: string | undefined
}

/**
 * Where a stored position is in the log.
 * @throws Failure `changes.gap` when the log does not hold what came after it any more, or is that of another server
 */
export async function findPosition(
  connection: MysqlConnection,
  server: BinlogServer,
  stored: string,
  signal?: AbortSignal,
): Promise<BinlogPlace> {
  const files = await binlogFiles(connection, signal)
  const first = files[0]
  const available = printPosition({ server: server.identity, file: first?.number ?? 0, offset: 4 })
  const gap = new Failure('changes.gap', { source: server.source, stored, available })
  const position = parsePosition(stored)
  if (position === undefined || position.server !== checksum(server.identity)) throw gap
  const file = files.find(({ number }) => number === position.file)
  if (file === undefined || file.sizeBytes < position.offset) throw gap
  const { offset } = position
  if (offset > LARGEST_OFFSET) {
    // Only one very large transaction reaches there, and with it the file ends.
    const next = files.find(({ number }) => number === position.file + 1)
    if (next === undefined) throw gap
    return {
      name: next.name,
      offset: 4,
      gtids: await gtidsAt(connection, server, { name: next.name, offset: 4 }, signal),
    }
  }
  const gtids = await gtidsAt(connection, server, { name: file.name, offset }, signal)
  if (server.isMariadb && position.gtids !== undefined && position.gtids !== checksum(gtids ?? '')) throw gap
  return { name: file.name, offset, gtids }
}
