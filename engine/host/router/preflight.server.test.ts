import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Preflight } from '../../contract/preflight.ts'
import { sql, trusted } from '../../sql/sql.ts'
import { openMysqlSite } from '../../testing/mysql/mysql-site.ts'
import { createTestDatabase } from '../../testing/servers/test-database.ts'
import { openTestEngine, type TestEngine } from './testing/test-engine.ts'

const postgres = inject('postgres')
const mariadb = inject('mariadb')
const database = await createTestDatabase(postgres)
const site = await openMysqlSite(mariadb)
let test: TestEngine

const TABLE = 'CREATE TABLE people (id bigint, age smallint, name varchar(3), paid decimal(6,2))'
const pipeline = (target: string): string => `version: 1
nodes:
  people: { type: source, dataset: "files:people.csv" }
  typed:
    type: map
    input: people
    fields:
      - { to: id, from: id, type: BIGINT }
      - { to: age, from: age, type: INTEGER }
      - { to: name, from: name, type: VARCHAR }
      - { to: paid, from: paid, type: "DECIMAL(9,3)" }
  out: { type: target, input: typed, dataset: "${target}", mode: append }
`

beforeAll(async () => {
  const settings = ({ host, port, user }: typeof postgres) => ({ host, port, user })
  const pg = { ...settings(postgres), tls: { mode: 'disable' }, database: database.name, password: '${env:PG}' }
  const maria = { ...settings(mariadb), tls: 'off', database: site.database, password: '${env:MARIA}' }
  test = await openTestEngine({
    'connections/pg.yaml': `version: 1\nkind: postgresql\nsettings: ${JSON.stringify(pg)}\n`,
    'connections/maria.yaml': `version: 1\nkind: mysql\nsettings: ${JSON.stringify(maria)}\n`,
    'data/people.csv': 'id,age,name,paid\n1,30,Ann,10.50\n2,70000,Robert,10.555\n3,31,Bob,99999.5\n',
    'pipelines/pg.yaml': pipeline('pg:public.people'),
    'pipelines/maria.yaml': pipeline('maria:people'),
  })
  await database.query(TABLE)
  await site.run(sql`${trusted(TABLE)}`)
})
afterAll(async () => {
  await test[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const SYSTEMS: readonly [string, string, (statement: string) => Promise<unknown>][] = [
  ['PostgreSQL', 'pg', (statement) => database.query(statement)],
  ['MariaDB', 'maria', (statement) => site.run(sql`${trusted(statement)}`)],
]

describe.each(SYSTEMS)('values that do not fit a table of %s', (_system, name, run) => {
  const look = (): Promise<Preflight> => {
    const variables = { RUNNEL_KEY: 'a key', PG: postgres.password, MARIA: mariadb.password }
    return test.as({ variables }).pipelines.preflight({ pipeline: name })
  }

  it('are told, and fit once its owner ran the statements that are offered', async () => {
    const { findings } = await look()
    expect(findings.map(({ column, kind, effect }) => `${column} ${kind} ${effect}`).toSorted()).toEqual([
      'age overflow fails',
      'name too_long fails',
      'paid overflow fails',
      'paid precision changes',
    ])
    for (let left = findings; left.length > 0; ) {
      const [first] = left
      const widen = first?.fixes.find((fix) => fix.kind === 'widen')
      if (widen?.kind !== 'widen' || widen.statement === undefined) throw new Error(`nothing widens ${first?.column}`)
      await run(widen.statement)
      const next = (await look()).findings
      expect(next.length).toBeLessThan(left.length)
      left = next
    }
  })
})
