import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDuck } from '../../duck/open-duck.ts'
import { literal, sql } from '../../sql/sql.ts'
import { openMysqlSite } from '../../testing/mysql/mysql-site.ts'
import { freePort } from '../../testing/servers/free-port.ts'
import { lookAround } from '../../testing/servers/install-mariadb.ts'
import { restartMariadb, startMariadb } from '../../testing/servers/mariadb.ts'
import type { WriteRequest } from '../api/writer.ts'
import { mysql } from './connector.ts'

// A container is not killed by its process; the other server tests cover what it can.
it.runIf((await lookAround()).kind === 'program')(
  'a server that is killed while it loads keeps the old table',
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'runnel-crash-'))
    const request = { directory, port: await freePort() }
    let server = await startMariadb(request)
    await using cleanup = new AsyncDisposableStack()
    cleanup.defer(() => rm(directory, { recursive: true, force: true }))
    cleanup.defer(() => server.stop())
    await using duck = await openDuck({ threads: 1 })
    await duck.run(sql`CREATE TABLE r AS SELECT i AS id, md5(i::VARCHAR) AS v FROM range(${literal(200_000)}) t(i)`)
    const site = await openMysqlSite(server)
    await site.run(sql`CREATE TABLE t (id BIGINT, v VARCHAR(40))`)
    await site.run(sql`INSERT INTO t VALUES (-1, 'old')`)
    const write: WriteRequest = {
      dataset: 't',
      columns: await duck.columns(sql`FROM r`),
      mode: 'replace',
      keys: [],
      loadId: 'one',
      options: {},
      ddl: 'create',
      duck,
    }
    {
      await using session = await mysql.open(site.request)
      await using writer = await session.write?.(write)
      const work = writer?.stage(sql`FROM r`).then(() => writer.commit())
      await expect.poll(() => site.running('LOAD DATA'), { interval: 2 }).toBeGreaterThan(0)
      server.process?.kill('SIGKILL')
      await expect(work).rejects.toMatchObject({ code: 'source.unavailable' })
    }
    server = await restartMariadb(server, request)
    await using session = await mysql.open(site.request)
    const count = async (): Promise<string | null> => {
      await using reading = await session.read({
        dataset: 'q',
        options: { query: 'SELECT count(*) AS n FROM t' },
        duck,
      })
      for await (const { relation } of reading.parts ?? []) return await duck.value(relation)
      return null
    }
    expect(await count()).toBe('1')
    {
      await using writer = await session.write?.(write)
      expect(writer?.committed).toBeUndefined()
      await writer?.stage(sql`FROM r`)
      await writer?.commit()
    }
    expect(await count()).toBe('200000')
    expect((await session.list({})).map(({ name }) => name)).toEqual([`${site.database}.t`])
  },
)
