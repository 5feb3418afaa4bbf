import { afterAll, inject } from 'vitest'
import { Secret } from '../../base/secret.ts'
import { printQualifiedName } from '../../contract/dataset.ts'
import { writeModeSchema } from '../../contract/write-mode.ts'
import { postgresDialect } from '../../sql/dialects.ts'
import { id, join, literal, printSql, type Sql, sql, trusted } from '../../sql/sql.ts'
import { describeConnector } from '../../testing/conformance/describe-connector.ts'
import type { ConnectorSite, SeedTable } from '../../testing/conformance/fixture.ts'
import { freePort } from '../../testing/servers/free-port.ts'
import { POSTGRES_TYPE_CASES, POSTGRES_TYPE_SETUP } from '../../testing/servers/postgres-type-cases.ts'
import { createTestDatabase } from '../../testing/servers/test-database.ts'
import type { OpenRequest } from '../api/connector.ts'
import { postgresql } from './connector.ts'

const server = inject('postgres')
const database = await createTestDatabase(server)
await database.query(POSTGRES_TYPE_SETUP)
afterAll(() => database[Symbol.asyncDispose]())
let sites = 0

const request = (settings: Record<string, unknown> = {}, password = server.password): OpenRequest<unknown> => ({
  name: 'pg',
  config: postgresql.config.parse({
    host: server.host,
    port: server.port,
    user: server.user,
    database: database.name,
    tls: { mode: 'disable' },
    ...settings,
  }),
  baseDirectory: '/',
  secret: (field) => Promise.resolve(field === 'password' ? new Secret(password) : undefined),
})

const run = (statement: Sql): Promise<(string | null)[][]> => database.query(printSql(statement, postgresDialect))

async function openSite(): Promise<ConnectorSite> {
  const schema = `site${sites++}`
  await run(sql`CREATE SCHEMA ${id(schema)}`)
  return {
    request: request({ schema }),
    datasetName: (word) =>
      word === '' || Buffer.byteLength(word) > 63 ? undefined : printQualifiedName([schema, word]),
    async seed(word, table) {
      await seedTable(schema, word, table)
      return printQualifiedName([schema, word])
    },
    async seedTyped(word, sourceType, value) {
      await run(sql`CREATE TABLE ${id(schema, word)} (v ${trusted(sourceType)})`)
      await run(sql`INSERT INTO ${id(schema, word)} VALUES (${trusted(value)})`)
      return printQualifiedName([schema, word])
    },
    async everything() {
      const rows = await run(
        sql`SELECT relname FROM pg_class WHERE relnamespace = ${literal(schema)}::regnamespace AND relname NOT LIKE '\\_runnel\\_state%' ORDER BY 1`,
      )
      return rows.map(([name]) => name ?? '')
    },
    async [Symbol.asyncDispose]() {
      await run(sql`DROP SCHEMA ${id(schema)} CASCADE`)
    },
  }
}

async function seedTable(schema: string, word: string, { columns, rows, key }: SeedTable): Promise<void> {
  const types: Record<string, string> = { BIGINT: 'bigint', VARCHAR: 'text' }
  const definitions = columns.map(({ name, type }) => sql`${id(name)} ${trusted(types[type] ?? type)}`)
  const primary = key === undefined || key.length === 0 ? [] : [sql`PRIMARY KEY (${join(key.map((name) => id(name)))})`]
  await run(sql`CREATE TABLE ${id(schema, word)} (${join([...definitions, ...primary])})`)
  if (rows.length === 0) return
  const values = join(rows.map((row) => sql`(${join(row.map((cell) => literal(cell)))})`))
  await run(sql`INSERT INTO ${id(schema, word)} VALUES ${values}`)
}

describeConnector('postgresql', {
  connector: postgresql,
  openSite,
  types: POSTGRES_TYPE_CASES,
  modes: writeModeSchema.options,
  unavailable: { request: request({ port: await freePort() }) },
  unauthorized: request({}, 'canary-7Qx2'),
  canary: server.password,
  refusesColumnName: (name) => Buffer.byteLength(name) > 63,
})
