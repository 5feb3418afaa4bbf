import { readdirSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { cellText } from '../../../contract/cell-text.ts'
import { sql, trusted } from '../../../sql/sql.ts'
import { openMysqlSite } from '../../../testing/mysql/mysql-site.ts'
import { createTestDatabase } from '../../../testing/servers/test-database.ts'
import { openTestEngine, type TestEngine } from '../testing/test-engine.ts'

const postgres = inject('postgres')
const mariadb = inject('mariadb')
const ROWS = 10_000
/** No other test writes these. A masked phone number may be somebody else's: it is compared row by row. */
const PLANTED = /欧阳庚\d|PLANTED-\d/
const POLICY = `version: 1
columns:
  - { column: name, mask: { method: pseudonym, kind: name } }
  - { column: phone, mask: { method: format, form: phone } }
  - { column: note, mask: { method: hash } }
`

const database = await createTestDatabase(postgres)
const site = await openMysqlSite(mariadb)
let test: TestEngine

beforeAll(async () => {
  test = await openTestEngine({
    'policies/strict.yaml': POLICY,
    'connections/pg.yaml': connectionText('postgresql', { ...settingsOf(postgres), database: database.name }, 'PG'),
    'connections/maria.yaml': connectionText(
      'mysql',
      { ...settingsOf(mariadb), tls: 'off', database: site.database },
      'MARIA',
    ),
  })
  await database.query(
    `CREATE TABLE people AS SELECT i AS id, '欧阳庚' || i AS name, (13920000000 + i * 13)::text AS phone, 'PLANTED-' || i AS note FROM generate_series(1, ${ROWS}) i`,
  )
  await site.run(
    sql`CREATE TABLE people AS SELECT seq AS id, concat('欧阳庚', seq) AS name, CAST(13920000000 + seq * 13 AS CHAR(11)) AS phone, concat('PLANTED-', seq) AS note FROM ${trusted(`seq_1_to_${ROWS}`)}`,
  )
})
afterEach(() => vi.unstubAllEnvs())
afterAll(async () => {
  await test[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

describe.each([
  ['PostgreSQL', 'pg:public.people'],
  ['MariaDB', 'maria:people'],
])('a masked snapshot of a table of %s', (_server, dataset) => {
  it('has no value of the table on the disk, at no time, and passes a second look', async () => {
    const folder = join(test.outside, `disk-${dataset.slice(0, 2)}`)
    const memory = join(test.outside, `memory-${dataset.slice(0, 2)}`)
    for (const path of [folder, memory]) await mkdir(path)
    // What goes to the temporary folder of the system goes to a folder that only this test has.
    vi.stubEnv('TMPDIR', folder)
    const engine = test.as({
      variables: { RUNNEL_KEY: 'a key', RUNNEL_MEMORY_FOLDER: memory, PG: postgres.password, MARIA: mariadb.password },
    })
    await engine.masking.makeKey({ key: 'workspace' })
    const taking = { isDone: false }
    const leaks = new Set<string>()
    const passed = new Set<string>()
    const taken = engine.snapshots.take({ dataset, policy: 'strict' }).finally(() => {
      taking.isDone = true
    })
    while (!taking.isDone) {
      for (const file of [...plantedBelow(folder), ...plantedBelow(test.directory)]) leaks.add(file)
      for (const file of plantedBelow(memory)) passed.add(file)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect(await taken).toMatchObject({ rows: String(ROWS), policy: { name: 'strict' } })
    for (const file of [...plantedBelow(folder), ...plantedBelow(test.directory)]) leaks.add(file)
    // What was read did pass through memory: the look at the disk would have seen it.
    expect(passed.size).toBeGreaterThan(0)
    expect([...leaks]).toEqual([])
    expect(plantedBelow(memory)).toEqual([])
    const check = await engine.masking.check({ dataset })
    expect(check).toMatchObject({ policy: 'strict', rows: String(ROWS), compared: String(ROWS) })
    expect(check.findings.filter(({ verdict }) => verdict === 'leak')).toEqual([])
  })

  it('is worked on offline, without the server', async () => {
    const { data } = test.as({ variables: { RUNNEL_KEY: 'a key' } })
    const { cursor } = await data.open({ from: { dataset }, offline: true })
    const { rows } = await data.rows({ cursor, offset: 0, limit: 500 })
    expect(rows).toHaveLength(500)
    const kept = rows.filter(
      ([id, name, phone, note]) =>
        PLANTED.test(`${cellText(name)} ${cellText(note)}`) || Number(phone) === 13_920_000_000 + Number(id) * 13,
    )
    expect(kept).toEqual([])
    await data.close({ cursor })
  })
})

function settingsOf({ host, port, user }: typeof postgres) {
  return { host, port, user, tls: { mode: 'disable' } }
}

function connectionText(kind: string, settings: object, variable: string): string {
  const all = { ...settings, password: `\${env:${variable}}` }
  return `version: 1\nkind: ${kind}\nsettings: ${JSON.stringify(all)}\n`
}

/** Files below a folder in which a value of the tables can be read. Those that go away while they are looked at had their time. */
function plantedBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      try {
        return PLANTED.test(readFileSync(file, 'utf8'))
      } catch {
        return false
      }
    })
}
