import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { ProfileEvent } from '../../../contract/profile/profile.ts'
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
const POSTGRES_ODD = [
  "'-9223372036854775808'::bigint",
  '4294967295::oid',
  "'-1234.50'::money",
  "DATE '0044-03-15 BC'",
  "TIMESTAMP '0044-03-15 12:30:00 BC'",
  "'infinity'::timestamptz",
  "TIMESTAMPTZ '2024-02-29 23:00:00.123456+05'",
  "TIME '24:00'",
  "'ab'::char(5)",
  'true',
  "'6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid",
  `'{"b": [1, "é"]}'::jsonb`,
  "'NaN'::float8",
  "'-Infinity'::float4",
  '1e200::float8',
  "'\\x00ff'::bytea",
  'ARRAY[1, NULL]',
]
const MARIADB_ODD = [
  'CAST(-9223372036854775807 - 1 AS SIGNED)',
  'CAST(18446744073709551615 AS UNSIGNED)',
  "DATE '9999-12-31'",
  "TIMESTAMP '2024-02-29 23:00:00.123456'",
  "TIME '23:59:59'",
  "CAST('ab' AS CHAR(5))",
  '1e200',
  "x'00ff'",
  "JSON_OBJECT('b', 'é')",
]
let test: TestEngine

beforeAll(async () => {
  const settings = ({ host, port, user }: typeof postgres) => ({ host, port, user })
  const pg = { ...settings(postgres), tls: { mode: 'disable' }, database: database.name, password: '${env:PG}' }
  const maria = { ...settings(mariadb), tls: 'off', database: site.database, password: '${env:MARIA}' }
  test = await openTestEngine({
    'connections/pg.yaml': `version: 1\nkind: postgresql\nsettings: ${JSON.stringify(pg)}\n`,
    'connections/maria.yaml': `version: 1\nkind: mysql\nsettings: ${JSON.stringify(maria)}\n`,
  })
  // What is odd stands in the last rows, which a beginning would not show.
  const columns = (i: string) =>
    `${i} AS id, CASE WHEN ${i} % 8 = 0 THEN NULL ELSE concat('N', ${i} % 1000) END AS name, CAST((${i} % 977) * 0.25 AS decimal(12,2)) AS price, ` +
    `CASE ${i} WHEN ${ROWS} THEN ' é\u{FFFD}' WHEN ${ROWS - 1} THEN '\u{3000}\t' WHEN ${ROWS - 2} THEN 'b ' WHEN ${ROWS - 3} THEN '' ELSE concat('a', ${i} % 3) END AS remark, ` +
    `CASE ${i} WHEN ${ROWS} THEN -1.5e0 ELSE (${i} % 40) * 0.5e0 END AS weight, ` +
    `CASE ${i} WHEN ${ROWS} THEN TIMESTAMP '2031-05-06 07:08:09' ELSE TIMESTAMP '2024-01-01 00:00:00' END AS seen`
  // One value of each type that an aggregate could stumble over, in the last row.
  const odd = (types: readonly string[], i: string): string =>
    types.map((value, at) => `, CASE WHEN ${i} = ${ROWS} THEN ${value} END AS odd_${at}`).join('')
  await database.query(
    `CREATE TABLE orders AS SELECT ${columns('i')}${odd(POSTGRES_ODD, 'i')} FROM generate_series(1, ${ROWS}) i`,
  )
  await site.run(
    sql`CREATE TABLE orders AS SELECT ${trusted(columns('seq') + odd(MARIADB_ODD, 'seq'))} FROM ${trusted(`seq_1_to_${ROWS}`)}`,
  )
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
  it('has the figures of all rows, counted there, and its detail from a random sample; or all from all rows where that is asked for', async () => {
    const engine = test.as({ variables: { RUNNEL_KEY: 'a key', PG: postgres.password, MARIA: mariadb.password } })
    const { cursor } = await engine.data.open({ from: { dataset } })
    const profiles = async (isFull: boolean): Promise<ProfileEvent[]> =>
      await Array.fromAsync(await engine.profiles.run({ from: { cursor, dataset }, isFull }))
    const quick = await profiles(false)
    expect(quick.map(({ stage }) => stage).slice(-2)).toEqual(['sample', 'done'])
    const [sample, pushed] = quick.slice(-2).map(({ profile }) => profile)
    expect(sample?.scope).toMatchObject({ isWhole: false, part: 'sample' })
    expect(pushed?.scope).toEqual({ rows: ROWS, isWhole: true })
    expect(pushed?.basis.isSample).toBe(true)
    expect(Math.abs((pushed?.basis.rows ?? 0) - 100_000)).toBeLessThan(2_000)
    expect(pushed?.warnings).toEqual([])
    // A random sample knows about both ends.
    const ids = pushed?.columns[0]?.detail.number?.quantiles ?? []
    for (const { at, value } of ids)
      expect(Math.abs(Number(value) / ROWS - at)).toBeLessThan(3 * (pushed?.basis.rankError ?? 0))

    const whole = (await profiles(true)).at(-1)?.profile
    expect(whole?.scope).toEqual({ rows: ROWS, isWhole: true })
    expect(whole?.basis).toMatchObject({ rows: ROWS, isSample: false })
    const of = (name: string) => whole?.columns.find((column) => column.name === name)?.exact
    const [[rows, nulls, distinct, most, mean] = []] = await ask()
    expect([whole?.scope.rows, of('name')?.nulls, of('name')?.distinct.count, Number(of('id')?.max)]).toEqual(
      [rows, nulls, distinct, most].map(Number),
    )
    expect(of('price')?.mean).toBeCloseTo(Number(mean), 6)
    for (const { name, exact } of pushed?.columns ?? []) {
      const { distinct: found, ...rest } = exact
      const { distinct: all, ...counted } = of(name) ?? exact
      expect([name, closely(rest)]).toEqual([name, closely(counted)])
      expect(Math.abs(found.count - all.count)).toBeLessThanOrEqual(2 * found.error * found.count + 1e-6)
    }
    await engine.data.close({ cursor })
  })
})

/** Sums of floating point differ in their last digits by the order of the rows. */
function closely(figures: object): unknown {
  const told = (_name: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(6)) : value
  return JSON.parse(JSON.stringify(figures, told))
}
