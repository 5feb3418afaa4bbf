import mysql from 'mysql2/promise'
import { Secret } from '../../base/secret.ts'
import type { OpenRequest } from '../../connectors/api/connector.ts'
import { type MysqlConfig, mysqlConfigSchema } from '../../connectors/mysql/config.ts'
import { printQualifiedName } from '../../contract/dataset.ts'
import { mysqlDialect } from '../../sql/dialects.ts'
import { id, join, literal, printSql, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { ConnectorSite, SeedTable } from '../conformance/fixture.ts'
import type { ServerAddress } from '../servers/server-address.ts'

let serial = 0

/** A request to the test server, with settings replaced at will. */
export function mysqlRequest(
  { host, port, user, password }: ServerAddress,
  settings: Partial<MysqlConfig> = {},
  secret = password,
): OpenRequest<MysqlConfig> {
  return {
    name: 'mariadb',
    config: mysqlConfigSchema.parse({ host, port, user, tls: 'off', ...settings }),
    baseDirectory: '/',
    secret: async (field) => (field === 'password' ? new Secret(secret) : undefined),
  }
}

export interface MysqlSite extends ConnectorSite {
  readonly database: string
  readonly request: OpenRequest<MysqlConfig>
  /** Runs a statement on a connection of the test's own; gives its rows as text. */
  run(statement: Sql): Promise<(string | null)[][]>
  /** How many statements of other connections that contain `text` run on the server. */
  running(text: string): Promise<number>
}

/** A database of its own on the test server, dropped in the end. */
export async function openMysqlSite(server: ServerAddress): Promise<MysqlSite> {
  const database = `runnel_test_${process.pid}_${serial++}`
  const connection = await mysql.createConnection({
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    charset: 'utf8mb4_general_ci',
    rowsAsArray: true,
    typeCast: (field) => field.string('utf8'),
  })
  const run = async (statement: Sql): Promise<(string | null)[][]> => {
    const [rows] = await connection.query(printSql(statement, mysqlDialect))
    return Array.isArray(rows) ? (rows as unknown as (string | null)[][]) : []
  }
  await run(sql`SET sql_mode = 'NO_ENGINE_SUBSTITUTION,ALLOW_INVALID_DATES', time_zone = '+00:00'`)
  await run(sql`CREATE DATABASE ${id(database)} CHARACTER SET utf8mb4`)
  await run(sql`USE ${id(database)}`)
  return {
    database,
    run,
    running: async (text) => {
      const rows = await run(
        sql`SELECT count(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE ${literal(`%${text}%`)} AND ID <> CONNECTION_ID()`,
      )
      return Number(rows[0]?.[0])
    },
    request: mysqlRequest(server, { database }),
    datasetName: (word) => (isTableName(word) ? printQualifiedName([database, word]) : undefined),
    seed: async (word, table) => {
      for (const statement of seedStatements(word, table)) await run(statement)
      return printQualifiedName([database, word])
    },
    seedTyped: async (word, sourceType, value) => {
      await run(sql`CREATE TABLE ${id(word)} (v ${trusted(sourceType)})`)
      await run(sql`INSERT INTO ${id(word)} VALUES (${trusted(value)})`)
      return printQualifiedName([database, word])
    },
    everything: async () => {
      const rows = await run(
        sql`SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${literal(database)} ORDER BY 1`,
      )
      return rows.map(([name]) => name ?? '').filter((name) => name !== '_runnel_state')
    },
    [Symbol.asyncDispose]: async () => {
      await run(sql`DROP DATABASE ${id(database)}`)
      await connection.end()
    },
  }
}

/** MySQL's identifiers have at most 64 characters of the basic plane and do not end in a blank. */
export function isColumnName(name: string): boolean {
  return name.length <= 64 && !/[\u{10000}-\u{10FFFF}]/u.test(name) && !/\s$/.test(name)
}

function isTableName(name: string): boolean {
  return isColumnName(name) && name !== '' && !/[/\\.]/.test(name)
}

function seedStatements(word: string, { columns, rows, key }: SeedTable): Sql[] {
  const isKey = (name: string): boolean => key?.includes(name) === true
  const definitions = columns.map(
    ({ name, type }) =>
      sql`${id(name)} ${trusted(type === 'BIGINT' ? 'BIGINT' : isKey(name) ? 'VARCHAR(255)' : 'LONGTEXT')}`,
  )
  const primary = key === undefined || key.length === 0 ? [] : [sql`PRIMARY KEY (${join(key.map((name) => id(name)))})`]
  const create = sql`CREATE TABLE ${id(word)} (${join([...definitions, ...primary])}) ENGINE = InnoDB`
  if (rows.length === 0) return [create]
  const values = rows.map((row) => sql`(${join(row.map((cell) => literal(cell)))})`)
  return [create, sql`INSERT INTO ${id(word)} VALUES ${join(values)}`]
}
