import mysql from 'mysql2/promise'
import pg from 'pg'
import { newId } from '../../base/ids.ts'
import type { ServerAddress } from '../servers/server-address.ts'
import type { Wire } from '../servers/spot-commit.ts'

export type SystemKind = 'postgresql' | 'mariadb'

/** One login; broken for good once the server is gone. */
export interface FaultClient extends AsyncDisposable {
  /** Every value as text. */
  query(text: string): Promise<(string | null)[][]>
}

/** A database of a test's own, reached without the proxy that the sync goes through. */
export interface FaultDatabase {
  readonly kind: SystemKind
  readonly wire: Wire
  readonly name: string
  readonly server: ServerAddress
  connect(): Promise<FaultClient>
  /** One statement over a connection of its own. */
  query(text: string): Promise<(string | null)[][]>
  drop(): Promise<void>
}

const AS_TEXT = { getTypeParser: () => (text: string) => text }

export async function createFaultDatabase(kind: SystemKind, server: ServerAddress): Promise<FaultDatabase> {
  const name = `fault_${newId()}`
  const open = kind === 'postgresql' ? connectPostgres : connectMysql
  const once = async (database: string, text: string): Promise<(string | null)[][]> => {
    await using client = await open(server, database)
    return await client.query(text)
  }
  const [own, end] = kind === 'postgresql' ? ['postgres', ' WITH (FORCE)'] : ['mysql', '']
  await once(own, `CREATE DATABASE ${name}`)
  return {
    kind,
    wire: kind === 'postgresql' ? 'postgresql' : 'mysql',
    name,
    server,
    connect: () => open(server, name),
    query: (text) => once(name, text),
    drop: () => once(own, `DROP DATABASE ${name}${end}`).then(() => undefined),
  }
}

async function connectPostgres(server: ServerAddress, database: string): Promise<FaultClient> {
  const { host, port, user, password } = server
  const client = new pg.Client({ host, port, user, password, database })
  client.on('error', () => undefined)
  await client.connect()
  return {
    query: async (text) => {
      const result = await client.query<(string | null)[]>({ text, rowMode: 'array', types: AS_TEXT })
      return result.rows
    },
    [Symbol.asyncDispose]: () => client.end().catch(() => undefined),
  }
}

async function connectMysql(server: ServerAddress, database: string): Promise<FaultClient> {
  const { host, port, user, password } = server
  const client = await mysql.createConnection({
    host,
    port,
    user,
    password,
    database,
    rowsAsArray: true,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
  })
  client.on('error', () => undefined)
  return {
    query: async (text) => {
      const [rows] = await client.query(text)
      return Array.isArray(rows) ? rows.map((row) => Object.values(row).map(asText)) : []
    },
    [Symbol.asyncDispose]: () => client.end().catch(() => undefined),
  }
}

/** Numbers and dates come as texts; what does not is a count or a length. */
function asText(value: unknown): string | null {
  if (value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
