import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { Secret } from '../../../base/secret.ts'
import { createTestDatabase } from '../../../testing/servers/test-database.ts'
import type { ChangeApplier, NetRow, NetTable } from '../../api/change-applier.ts'
import type { ChangedTable } from '../../api/changes.ts'
import { postgresConfigSchema } from '../config.ts'
import { postgresql } from '../connector.ts'

const server = inject('postgres')
const database = await createTestDatabase(server)
const { host, port, user } = server
const session = await postgresql.open({
  name: 'pg',
  config: postgresConfigSchema.parse({ host, port, user, database: database.name, tls: { mode: 'disable' } }),
  baseDirectory: '/',
  secret: () => Promise.resolve(new Secret(server.password)),
})
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const KEYED: ChangedTable = {
  dataset: 'src.t',
  columns: [
    { name: 'id', type: 'BIGINT' },
    { name: 'name', type: 'VARCHAR' },
    { name: 'amount', type: 'DECIMAL(12,2)' },
  ],
  keys: [0],
}
const LOOSE: ChangedTable = { dataset: 'src.l', columns: [{ name: 'v', type: 'VARCHAR' }], keys: [] }

function open(): Promise<ChangeApplier> {
  if (session.openApplier === undefined) throw new Error('PostgreSQL takes changes')
  return session.openApplier({ reader: 'r' })
}

function net(table: ChangedTable, changes: Partial<NetTable>): NetTable {
  const none = { isTruncated: false, deleted: [], written: new Map(), moved: new Map(), copies: new Map() }
  return { table, ...none, ...changes }
}

const row = (line: string, unchanged: number[] = []): [string, NetRow] => [
  line.split('\t')[0] ?? '',
  { line: Buffer.from(line), unchanged },
]

const rows = (): Promise<(string | null)[][]> => database.query('SELECT * FROM t ORDER BY id')

beforeEach(() => database.query('DROP TABLE IF EXISTS t, l, _runnel_positions'))

describe('changes of a table with a key', () => {
  it('make the table, write, overwrite, delete and empty, each time with the position', async () => {
    await using applier = await open()
    expect(await applier.position()).toBeUndefined()
    const plan = await applier.fit(KEYED, { dataset: 't', ddl: 'create' })
    expect(plan.statements.join()).toContain('PRIMARY KEY')
    const first = new Map([row('1\ta\\tb\t1.50'), row('2\t\\N\t\\N'), row('3\t汇\\\\\t0')])
    expect(await applier.apply(net(KEYED, { written: first }), 't')).toEqual({ written: 3n, deleted: 0n, missing: 0n })
    await applier.commit('A')
    expect(await rows()).toEqual([
      ['1', 'a\tb', '1.50'],
      ['2', null, null],
      ['3', '汇\\', '0.00'],
    ])
    const outcome = await applier.apply(
      net(KEYED, { deleted: ['2', '99'], written: new Map([row('1\tz\t2'), row('4\tn\t4')]) }),
      't',
    )
    expect(outcome).toEqual({ written: 2n, deleted: 1n, missing: 0n })
    await applier.commit('B')
    expect((await rows()).map(([id, name]) => `${id} ${name}`)).toEqual(['1 z', '3 汇\\', '4 n'])
    await applier.apply(net(KEYED, { isTruncated: true, written: new Map([row('9\tx\t9')]) }), 't')
    await applier.commit('C')
    expect(await rows()).toEqual([['9', 'x', '9.00']])
    await using next = await open()
    expect(await next.position()).toBe('C')
  })

  it('keep values that the source left out, and tell rows that are missing', async () => {
    await database.query(
      `CREATE TABLE t (id bigint PRIMARY KEY, name text, amount numeric(12,2)); INSERT INTO t VALUES (1, 'kept', 1)`,
    )
    await using applier = await open()
    await applier.fit(KEYED, { dataset: 't', ddl: 'never' })
    const written = new Map([row('1\t\\N\t7', [1]), row('2\t\\N\t8', [1]), row('3\twhole\t9')])
    expect(await applier.apply(net(KEYED, { written }), 't')).toEqual({ written: 2n, deleted: 0n, missing: 1n })
    const moved = new Map([['1', row('10\t\\N\t7', [1])[1]]])
    expect(await applier.apply(net(KEYED, { moved }), 't')).toEqual({ written: 1n, deleted: 0n, missing: 0n })
    await applier.commit('A')
    expect(await rows()).toEqual([
      ['3', 'whole', '9.00'],
      ['10', 'kept', '7.00'],
    ])
  })

  it('are not seen before the commit, however many batches a transaction has', async () => {
    await using applier = await open()
    await applier.fit(KEYED, { dataset: 't', ddl: 'create' })
    await applier.commit(undefined)
    for (let batch = 0; batch < 3; batch++) {
      await applier.apply(net(KEYED, { written: new Map([row(`${batch}\tx\t1`)]) }), 't')
      expect(await rows()).toEqual([])
    }
    await applier.commit('A')
    expect(await rows()).toHaveLength(3)
  })

  it('add a column that the source got, and leave out one that the target has not', async () => {
    await using applier = await open()
    await applier.fit(KEYED, { dataset: 't', ddl: 'create' })
    await applier.apply(net(KEYED, { written: new Map([row('1\ta\t1')]) }), 't')
    const wider: ChangedTable = { ...KEYED, columns: [...KEYED.columns, { name: 'born', type: 'DATE' }] }
    const { statements } = await applier.fit(wider, { dataset: 't', ddl: 'alter' })
    expect(statements).toEqual(['ALTER TABLE "public"."t" ADD COLUMN "born" date'])
    await applier.apply(net(wider, { written: new Map([row('2\tb\t2\t2024-02-29')]) }), 't')
    await applier.commit('A')
    expect(await rows()).toEqual([
      ['1', 'a', '1.00', null],
      ['2', 'b', '2.00', '2024-02-29'],
    ])
  })
})

it('changes of a table without a key count equal rows', async () => {
  await using applier = await open()
  await applier.fit(LOOSE, { dataset: 'l', ddl: 'create' })
  await applier.apply(
    net(LOOSE, {
      copies: new Map([
        ['a', 3],
        ['b', 1],
        ['\\N', 2],
      ]),
    }),
    'l',
  )
  await applier.commit('A')
  await applier.apply(
    net(LOOSE, {
      copies: new Map([
        ['a', -2],
        ['\\N', -1],
        ['c', 1],
      ]),
    }),
    'l',
  )
  await applier.commit('B')
  expect(await database.query('SELECT v, count(*) FROM l GROUP BY v ORDER BY v NULLS LAST')).toEqual([
    ['a', '1'],
    ['b', '1'],
    ['c', '1'],
    [null, '1'],
  ])
})

it('an applier that was overtaken changes nothing any more', async () => {
  await using old = await open()
  await old.fit(KEYED, { dataset: 't', ddl: 'create' })
  await old.commit('A')
  await using taken = await open()
  expect(await taken.position()).toBe('A')
  await old.apply(net(KEYED, { written: new Map([row('1\tlate\t1')]) }), 't')
  await expect(old.commit('B')).rejects.toMatchObject({ code: 'sync.taken_over' })
  await old[Symbol.asyncDispose]()
  expect(await rows()).toEqual([])
})
