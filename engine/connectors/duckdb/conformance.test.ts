import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { printQualifiedName } from '../../contract/dataset.ts'
import { writeModeSchema } from '../../contract/write-mode.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { id, join, sql, trusted } from '../../sql/sql.ts'
import { describeConnector } from '../../testing/conformance/describe-connector.ts'
import type { ConnectorSite, TypeCase } from '../../testing/conformance/fixture.ts'
import { relationOf } from '../../testing/conformance/rows.ts'
import { duckdb } from './connector.ts'

const secret = (): Promise<undefined> => Promise.resolve(undefined)

async function openSite(): Promise<ConnectorSite> {
  const folder = await mkdtemp(joinPath(tmpdir(), 'runnel-duckdb-'))
  const path = joinPath(folder, 'dw.duckdb')
  const inFile = async (work: (duck: Duck) => Promise<unknown>): Promise<void> => {
    await using duck = await openDuck({ path, memoryLimitMb: 256, threads: 1 })
    await work(duck)
  }
  await inFile((duck) => duck.run(sql`SELECT 1`))
  return {
    request: { name: 'dw', config: { file: 'dw.duckdb' }, baseDirectory: folder, secret },
    datasetName: (word) => printQualifiedName([word]),
    seed: async (word, table) => {
      const columns = table.columns.map(({ name, type }) => sql`${id(name)} ${trusted(type)}`)
      const key =
        (table.key ?? []).length === 0 ? [] : [sql`PRIMARY KEY (${join((table.key ?? []).map((name) => id(name)))})`]
      await inFile(async (duck) => {
        await duck.run(sql`CREATE TABLE ${id(word)} (${join([...columns, ...key])})`)
        await duck.run(sql`INSERT INTO ${id(word)} SELECT * FROM ${relationOf(table)}`)
      })
      return printQualifiedName([word])
    },
    seedTyped: async (word, sourceType, literal) => {
      await inFile(async (duck) => {
        await duck.run(sql`CREATE TABLE ${id(word)} (v ${trusted(sourceType)})`)
        await duck.run(sql`INSERT INTO ${id(word)} VALUES (${trusted(literal)})`)
      })
      return printQualifiedName([word])
    },
    everything: async () => {
      const names: string[] = []
      await inFile(async (duck) => {
        const { rows } = await duck.rows(sql`SELECT table_name FROM duckdb_tables() ORDER BY 1`)
        names.push(...rows.map(([name]) => JSON.stringify(name)).filter((name) => name !== '"_runnel_state"'))
      })
      return names
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

const exact = (sourceType: string, literal: string, cell: TypeCase['cell'], type = sourceType): TypeCase => ({
  sourceType,
  literal,
  type,
  cell,
  fidelity: 'exact',
})

describeConnector('duckdb', {
  connector: duckdb,
  openSite,
  modes: writeModeSchema.options,
  unavailable: { request: { name: 'dw', config: { file: 'none.duckdb' }, baseDirectory: '/nonexistent', secret } },
  types: [
    exact('BOOLEAN', 'true', true),
    exact('BIGINT', '-9223372036854775808', '-9223372036854775808'),
    exact('UBIGINT', '18446744073709551615', '18446744073709551615'),
    {
      ...exact('HUGEINT', '170141183460469231731687303715884105727', '170141183460469231731687303715884105727'),
      noRoundTrip: 'a plain COPY makes it DOUBLE; the Parquet connector refuses or keeps it',
    },
    exact('DECIMAL(38,10)', "'1234567890123456789012345678.0123456789'", '1234567890123456789012345678.0123456789'),
    exact('DOUBLE', "'-Infinity'", '-Infinity'),
    exact('DOUBLE', "'NaN'", 'NaN'),
    exact('VARCHAR', "''", ''),
    exact('VARCHAR', 'NULL', null),
    exact('DATE', "'0044-03-15 (BC)'", '0044-03-15 (BC)'),
    exact('TIMESTAMP', "'infinity'", 'infinity'),
    exact('TIMESTAMP', "'2024-02-29 23:59:59.999999'", '2024-02-29 23:59:59.999999'),
    exact('UUID', "'00000000-0000-0000-0000-000000000001'", '00000000-0000-0000-0000-000000000001'),
    exact('INTEGER[]', '[1, NULL]', [1, null]),
    exact('STRUCT(a INTEGER, "b c" VARCHAR)', "{'a': 1, 'b c': NULL}", { a: 1, 'b c': null }),
    exact('JSON', `'{"a": 1}'`, '{"a": 1}'),
  ],
})
