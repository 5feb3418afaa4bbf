import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Profile } from '../../../contract/profile/profile.ts'
import { sql, trusted } from '../../../sql/sql.ts'
import { openMysqlSite } from '../../../testing/mysql/mysql-site.ts'
import { createTestDatabase } from '../../../testing/servers/test-database.ts'
import { openTestEngine, type TestEngine } from '../testing/test-engine.ts'

const postgres = inject('postgres')
const mariadb = inject('mariadb')
const database = await createTestDatabase(postgres)
const site = await openMysqlSite(mariadb)
/** More than a cursor reads of a server. */
const ROWS = 200_500
let test: TestEngine

beforeAll(async () => {
  const settings = ({ host, port, user }: typeof postgres) => ({ host, port, user })
  const pg = { ...settings(postgres), tls: { mode: 'disable' }, database: database.name, password: '${env:PG}' }
  const maria = { ...settings(mariadb), tls: 'off', database: site.database, password: '${env:MARIA}' }
  test = await openTestEngine({
    'connections/pg.yaml': `version: 1\nkind: postgresql\nsettings: ${JSON.stringify(pg)}\n`,
    'connections/maria.yaml': `version: 1\nkind: mysql\nsettings: ${JSON.stringify(maria)}\n`,
  })
  const columns = (i: string) =>
    `${i} AS id, CASE WHEN ${i} % 8 = 0 THEN NULL ELSE concat('N', ${i} % 1000) END AS name, CAST((${i} % 977) * 0.25 AS decimal(12,2)) AS price`
  await database.query(`CREATE TABLE orders AS SELECT ${columns('i')} FROM generate_series(1, ${ROWS}) i`)
  await site.run(sql`CREATE TABLE orders AS SELECT ${trusted(columns('seq'))} FROM ${trusted(`seq_1_to_${ROWS}`)}`)
})
afterAll(async () => {
  await test[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const TOLD = 'count(*), count(*) - count(name), count(DISTINCT name), max(id), avg(price)'
const SYSTEMS: readonly [string, string, () => Promise<(string | null)[][]>][] = [
  ['PostgreSQL', 'pg:public.orders', () => database.query(`SELECT ${TOLD} FROM orders`)],
  ['MariaDB', 'maria:orders', () => site.run(sql`SELECT ${trusted(TOLD)} FROM orders`)],
]

describe.each(SYSTEMS)('the profile of a table of %s', (_system, dataset, ask) => {
  it('is of the first rows and says so; all of them are read when that is asked for, and agree with the server', async () => {
    const engine = test.as({ variables: { RUNNEL_KEY: 'a key', PG: postgres.password, MARIA: mariadb.password } })
    const { cursor } = await engine.data.open({ from: { dataset } })
    const profile = async (isFull: boolean): Promise<Profile | undefined> => {
      const events = await Array.fromAsync(await engine.profiles.run({ from: { cursor, dataset }, isFull }))
      return events.at(-1)?.profile
    }
    expect((await profile(false))?.scope).toEqual({ rows: 200_000, isWhole: false, part: 'first_rows' })
    const whole = await profile(true)
    expect(whole?.scope).toEqual({ rows: ROWS, isWhole: true })
    expect(whole?.basis).toMatchObject({ rows: ROWS, isSample: false })
    const of = (name: string) => whole?.columns.find((column) => column.name === name)?.exact
    const [[rows, nulls, distinct, most, mean] = []] = await ask()
    expect([whole?.scope.rows, of('name')?.nulls, of('name')?.distinct.count, Number(of('id')?.max)]).toEqual(
      [rows, nulls, distinct, most].map(Number),
    )
    expect(of('price')?.mean).toBeCloseTo(Number(mean), 6)
    await engine.data.close({ cursor })
  })
})
