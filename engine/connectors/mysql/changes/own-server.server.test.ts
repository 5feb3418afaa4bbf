import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { trusted } from '../../../sql/sql.ts'
import { LIMITS, missing, take } from '../../../testing/conformance/change-fixture.ts'
import { openMysqlSite } from '../../../testing/mysql/mysql-site.ts'
import { freePort } from '../../../testing/servers/free-port.ts'
import { lookAround } from '../../../testing/servers/install-mariadb.ts'
import { restartMariadb, startMariadb } from '../../../testing/servers/mariadb.ts'
import type { ChangeFeed, ChangeSource } from '../../api/changes.ts'
import { mysql } from '../connector.ts'

// These tests change settings and logs of the whole server, and kill it.
const directory = await mkdtemp(join(tmpdir(), 'runnel-binlog-'))
const request = { directory, port: await freePort() }
let server = await startMariadb(request)
let site = await openMysqlSite(server)
let session = await mysql.open(site.request)
let changes: ChangeSource = session.changes ?? missing('change capture')
const isProgram = (await lookAround()).kind === 'program'

afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
  await server.stop()
  await rm(directory, { recursive: true, force: true })
})

const run = async (...statements: string[]): Promise<void> => {
  for (const statement of statements) await site.run(trusted(statement))
}

async function following(from?: string): Promise<ChangeFeed> {
  const datasets = [`${site.database}.t`]
  const known = from === undefined ? {} : { known: from }
  const { position } = await changes.prepare({ reader: 'r', datasets, ...known })
  return changes.open({ reader: 'r', datasets, from: position, ...LIMITS })
}

beforeEach(() => run('DROP TABLE IF EXISTS t', 'CREATE TABLE t (id int PRIMARY KEY, v longtext)'))

describe('rows that come in another way', () => {
  it.each([
    ['compressed', 'SET GLOBAL log_bin_compress = ON', 'SET GLOBAL log_bin_compress = OFF'],
    ['over several files', 'FLUSH BINARY LOGS', 'FLUSH BINARY LOGS'],
  ])('are read: %s', async (_case, before, after) => {
    await using feed = await following()
    await run(before, `INSERT INTO t VALUES (1, REPEAT('汇', 1000))`, `UPDATE t SET id = 2, v = REPEAT('x', 1000)`)
    await run(after, 'DELETE FROM t', 'TRUNCATE TABLE t')
    const { seen } = await take(feed, 4)
    expect(seen.map(({ kind }) => kind)).toEqual(['insert', 'update', 'delete', 'truncate'])
    expect(seen[0]).toMatchObject({ line: Buffer.from(`1\t${'汇'.repeat(1_000)}`) })
    expect(seen[1]).toMatchObject({ key: '2', oldKey: '1', line: Buffer.from(`2\t${'x'.repeat(1_000)}`) })
  })

  it('are read: larger than a packet, and in compressed, computed and hidden columns', async () => {
    await run(
      'DROP TABLE t',
      'CREATE TABLE t (id int PRIMARY KEY, a longtext COMPRESSED, b longtext, c int AS (id + 1) VIRTUAL, d int AS (id + 2) STORED, e int INVISIBLE DEFAULT 7)',
    )
    await using feed = await following()
    await run(`INSERT INTO t (id, a, b) VALUES (1, REPEAT('a', 300), REPEAT('b', 9000000)), (2, '', NULL)`)
    await run(`UPDATE t SET a = REPEAT('c', 9000000) WHERE id = 1`, 'DELETE FROM t WHERE id = 2')
    const { seen } = await take(feed, 4)
    const lines = seen.map((change) => ('line' in change ? change.line.toString() : change.kind))
    const big = 'b'.repeat(9_000_000)
    const [a, c] = ['a'.repeat(300), 'c'.repeat(9_000_000)]
    expect(seen[0]?.table.columns.map(({ name }) => name)).toEqual(['id', 'a', 'b', 'c', 'd', 'e'])
    expect(lines[0] === `1\t${a}\t${big}\t2\t3\t7`).toBe(true)
    expect(lines[1]).toBe('2\t\t\\N\t3\t4\t7')
    expect(lines[2] === `1\t${c}\t${big}\t2\t3\t7`).toBe(true)
  })
})

describe('what does not come whole', () => {
  it.each([
    ['binlog_row_image', 'MINIMAL', 'FULL'],
    ['binlog_row_metadata', 'NO_LOG', 'FULL'],
    ['binlog_format', 'MIXED', 'ROW'],
  ])('is refused before: %s is %s', async (name, value, good) => {
    await run(`SET GLOBAL ${name} = ${value}`)
    await expect(following()).rejects.toMatchObject({
      code: 'changes.unavailable',
      detail: { reason: `${name} is ${value}, not ${good}` },
    })
    await run(`SET GLOBAL ${name} = ${good}`)
  })

  it.each([
    ['a row with some of its columns', ['SET SESSION binlog_row_image = MINIMAL', `UPDATE t SET v = 'b'`]],
    ['a statement', ['SET SESSION binlog_format = STATEMENT', `UPDATE t SET v = 'b'`]],
    ['XA', [`XA START 'x'`, `UPDATE t SET v = 'b'`, `XA END 'x'`, `XA PREPARE 'x'`, `XA COMMIT 'x'`]],
  ])('ends the stream by name: %s', async (_case, statements) => {
    await run(`INSERT INTO t VALUES (1, 'a')`)
    await using feed = await following()
    await run(...statements, 'SET SESSION binlog_row_image = FULL, binlog_format = ROW')
    await expect(take(feed, 1)).rejects.toMatchObject({ code: 'changes.undecodable' })
  })

  it('is not looked at when it is of other tables', async () => {
    await run('CREATE OR REPLACE TABLE other (id int)')
    await using feed = await following()
    await run(
      'SET SESSION binlog_format = STATEMENT',
      'INSERT INTO other VALUES (1)',
      'SET SESSION binlog_format = ROW',
    )
    await run(`XA START 'y'`, 'INSERT INTO other VALUES (2)', `XA END 'y'`, `XA PREPARE 'y'`, `XA ROLLBACK 'y'`)
    await run(`INSERT INTO t VALUES (1, 'a')`)
    expect((await take(feed, 1)).seen).toMatchObject([{ kind: 'insert', key: '1' }])
  })
})

describe('a log that lacks what is asked for', () => {
  it('is a gap: purged', async () => {
    const position = await positionNow()
    // A reader that is gone keeps its file until the server notices.
    const purged = async (): Promise<number> => {
      await run('FLUSH BINARY LOGS', 'PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 DAY')
      return (await site.run(trusted('SHOW BINARY LOGS'))).length
    }
    await expect.poll(purged).toBe(1)
    await expect(following(position)).rejects.toMatchObject({ code: 'changes.gap', detail: { stored: position } })
  })

  it('is a gap: that of another server', async () => {
    const position = await positionNow()
    await run('SET GLOBAL server_id = 77')
    await expect(following(position)).rejects.toMatchObject({ code: 'changes.gap' })
    await run('SET GLOBAL server_id = 1')
    await (await following(position))[Symbol.asyncDispose]()
  })

  it('is a gap: begun anew, and as long as before', async () => {
    await run('RESET MASTER')
    const position = await positionNow()
    const isReset = (): Promise<boolean> =>
      run('RESET MASTER').then(
        () => true,
        () => false,
      )
    await expect.poll(isReset).toBe(true)
    await run(...Array.from({ length: 9 }, (_, i) => `INSERT INTO t VALUES (${i}, REPEAT('x', 9000))`))
    await expect(following(position)).rejects.toMatchObject({ code: 'changes.gap' })
  })
})

it.runIf(isProgram)('goes on after the server was killed, from where it stood', async () => {
  const feed = await following()
  await run(`INSERT INTO t VALUES (1, 'a')`)
  const { batches } = await take(feed, 1)
  server.process?.kill('SIGKILL')
  await expect(take(feed, 1)).rejects.toMatchObject({ code: 'source.unavailable' })
  await feed[Symbol.asyncDispose]()
  server = await restartMariadb(server, request)
  const old = site.database
  site = await openMysqlSite(server)
  await run(`USE ${old}`, `INSERT INTO ${old}.t VALUES (2, 'b')`)
  session = await mysql.open({ ...site.request, config: { ...site.request.config, database: old } })
  changes = session.changes ?? missing('change capture')
  const from = batches.at(-1)?.position ?? missing('a position')
  const datasets = [`${old}.t`]
  const { position } = await changes.prepare({ reader: 'r', datasets, known: from })
  await using again = await changes.open({ reader: 'r', datasets, from: position, ...LIMITS })
  expect((await take(again, 1)).seen).toMatchObject([{ kind: 'insert', key: '2' }])
})

/** A position behind a transaction, as a target would have stored it. */
async function positionNow(): Promise<string> {
  await using feed = await following()
  await run(`INSERT INTO t VALUES (-1, 'now')`)
  const { batches } = await take(feed, 1)
  return batches.at(-1)?.position ?? missing('a position')
}
