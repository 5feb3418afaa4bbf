import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import Database from 'better-sqlite3'
import { printQualifiedName } from '../../contract/dataset.ts'
import { writeModeSchema } from '../../contract/write-mode.ts'
import { sqliteDialect } from '../../sql/dialects.ts'
import { id, join, literal, printSql, type Sql, sql, trusted } from '../../sql/sql.ts'
import { describeConnector } from '../../testing/conformance/describe-connector.ts'
import type { ConnectorSite, TypeCase } from '../../testing/conformance/fixture.ts'
import { sqlite } from './connector.ts'

const secret = (): Promise<undefined> => Promise.resolve(undefined)
const sqliteTypes: Readonly<Record<string, string>> = { BIGINT: 'INTEGER', VARCHAR: 'TEXT' }

async function openSite(): Promise<ConnectorSite> {
  const folder = await mkdtemp(joinPath(tmpdir(), 'runnel-sqlite-'))
  const inFile = (...statements: Sql[]): void => {
    const database = new Database(joinPath(folder, 'erp.db'))
    for (const statement of statements) database.exec(printSql(statement, sqliteDialect))
    database.close()
  }
  inFile(sql`CREATE TABLE unrelated (x)`)
  return {
    request: { name: 'erp', config: { file: 'erp.db' }, baseDirectory: folder, secret },
    datasetName: (word) => (word.startsWith('sqlite_') ? undefined : printQualifiedName([word])),
    seed: (word, table) => {
      const columns = table.columns.map(({ name, type }) => sql`${id(name)} ${trusted(sqliteTypes[type] ?? type)}`)
      const key =
        (table.key ?? []).length === 0 ? [] : [sql`PRIMARY KEY (${join((table.key ?? []).map((name) => id(name)))})`]
      const rows = []
      for (let start = 0; start < table.rows.length; start += 500) {
        const values = table.rows.slice(start, start + 500).map((row) => sql`(${join(row.map(literal))})`)
        rows.push(sql`INSERT INTO ${id(word)} VALUES ${join(values)}`)
      }
      inFile(sql`CREATE TABLE ${id(word)} (${join([...columns, ...key])})`, ...rows)
      return Promise.resolve(printQualifiedName([word]))
    },
    seedTyped: (word, sourceType, value) => {
      inFile(
        sql`CREATE TABLE ${id(word)} (v ${trusted(sourceType)})`,
        sql`INSERT INTO ${id(word)} VALUES (${trusted(value)})`,
      )
      return Promise.resolve(printQualifiedName([word]))
    },
    everything: () => {
      const database = new Database(joinPath(folder, 'erp.db'))
      const names = database.prepare<[], string>('SELECT name FROM sqlite_schema ORDER BY 1').pluck().all()
      database.close()
      return Promise.resolve(names.filter((name) => !name.includes('_runnel_state')))
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

const exact = (sourceType: string, value: string, type: string, cell: TypeCase['cell']): TypeCase => ({
  sourceType,
  literal: value,
  type,
  cell,
  fidelity: 'exact',
})
const widened = (sourceType: string, value: string, type: string, cell: TypeCase['cell']): TypeCase => ({
  ...exact(sourceType, value, type, cell),
  fidelity: 'widening',
})

describeConnector('sqlite', {
  connector: sqlite,
  openSite,
  modes: writeModeSchema.options,
  unavailable: { request: { name: 'erp', config: { file: 'none.db' }, baseDirectory: '/nonexistent', secret } },
  types: [
    exact('INTEGER', '9223372036854775807', 'BIGINT', '9223372036854775807'),
    exact('INTEGER', '-9223372036854775808', 'BIGINT', '-9223372036854775808'),
    exact('', '5', 'BIGINT', '5'),
    exact('REAL', '0.1', 'DOUBLE', 0.1),
    exact('REAL', '2.2250738585072014e-308', 'DOUBLE', 2.2250738585072014e-308),
    exact('REAL', '9e999', 'DOUBLE', 'Infinity'),
    exact('REAL', '-9e999', 'DOUBLE', '-Infinity'),
    exact('TEXT', "'01234'", 'VARCHAR', '01234'),
    exact('TEXT', "''", 'VARCHAR', ''),
    exact('TEXT', 'NULL', 'VARCHAR', null),
    exact('TEXT', "'\\N'", 'VARCHAR', '\\N'),
    { ...exact('TEXT', "'a' || char(0) || 'b'", 'VARCHAR', { rejected: true }) },
    { ...exact('TEXT', "CAST(x'ff41' AS TEXT)", 'VARCHAR', { rejected: true }) },
    exact('BLOB', "x''", 'BLOB', ''),
    exact('BLOB', "x'00ff41'", 'BLOB', '\\x00\\xFFA'),
    exact('BOOLEAN', '1', 'BOOLEAN', true),
    exact('DECIMAL(10,2)', '12.3', 'DECIMAL(10,2)', '12.30'),
    exact('DECIMAL(10,2)', '12.345', 'DECIMAL(10,2)', { rejected: true }),
    exact(
      'DECIMAL_TEXT(38,10)',
      "'1234567890123456789012345678.0123456789'",
      'DECIMAL(38,10)',
      '1234567890123456789012345678.0123456789',
    ),
    exact('DATE', "'2024-02-29'", 'DATE', '2024-02-29'),
    exact('DATE', "'2024-02-30'", 'DATE', { rejected: true }),
    widened('DATE', '1709164800', 'BIGINT', '1709164800'),
    widened('DATE', "'29.02.2024'", 'VARCHAR', '29.02.2024'),
    exact('DATETIME', "'2024-02-29 23:59:59.123456'", 'TIMESTAMP', '2024-02-29 23:59:59.123456'),
    exact('DATETIME', "'2024-02-29 23:59:59.1234567'", 'TIMESTAMP', { rejected: true }),
    exact('TIMESTAMPTZ', "'2024-02-29 23:59:59+08'", 'TIMESTAMP WITH TIME ZONE', '2024-02-29 15:59:59+00'),
    exact('UUID', "'00000000-0000-0000-0000-000000000001'", 'UUID', '00000000-0000-0000-0000-000000000001'),
    widened('INTEGER', "'five'", 'VARCHAR', 'five'),
    widened('TEXT', "x'41'", 'BLOB', 'A'),
  ],
})
