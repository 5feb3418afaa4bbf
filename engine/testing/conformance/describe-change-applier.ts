import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeApplier, NetRow, NetTable } from '../../connectors/api/change-applier.ts'
import type { ChangedTable } from '../../connectors/api/changes.ts'
import type { Session } from '../../connectors/api/session.ts'
import type { Column } from '../../contract/column.ts'
import { isFailure } from '../../contract/failure.ts'

/** An empty place of the system, with its tables `t` and `l` to come. */
export interface ApplierSite extends AsyncDisposable {
  readonly session: Session
  /** Runs one statement that every SQL database takes; gives its rows as text. */
  query(text: string): Promise<(string | null)[][]>
}

/** What a connector supplies that takes changes. */
export interface ApplierFixture {
  readonly openSite: () => Promise<ApplierSite>
  /** Cells as changes have them, by type, with the text that the system shows for what it stored. */
  readonly cells: readonly (readonly [column: Omit<Column, 'name'>, cell: string, stored: string | null])[]
  /** Cells that the system cannot keep as they are: they must be refused. With a type, `v` is there already and has it. */
  readonly refused: readonly (readonly [column: Omit<Column, 'name'>, cell: string, existing?: string])[]
}

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

/** What every `openApplier` promises (`ChangeApplier`), against a real server. */
export function describeChangeApplier(name: string, fixture: ApplierFixture): void {
  describe(`applying changes to ${name}`, () => {
    let site: ApplierSite
    const rows = (): Promise<(string | null)[][]> => site.query('SELECT * FROM t ORDER BY id')
    const open = (claim?: string): Promise<ChangeApplier> =>
      site.session.openApplier?.({ reader: 'r', ...(claim === undefined ? {} : { claim }) }) ??
      Promise.reject(new Error(`${name} takes no changes`))
    beforeAll(async () => {
      site = await fixture.openSite()
    })
    afterAll(() => site[Symbol.asyncDispose]())
    beforeEach(() => site.query('DROP TABLE IF EXISTS t, l, _runnel_positions'))

    it('makes the table, writes, overwrites, deletes and empties, each time with the position', async () => {
      await using applier = await open()
      expect(await applier.position()).toBeUndefined()
      const plan = await applier.fit(KEYED, { dataset: 't', ddl: 'create' })
      expect(plan.statements.join()).toContain('PRIMARY KEY')
      const first = written('1\ta\\tb\t1.50', '2\t\\N\t\\N', '3\t汇\\\\\t0')
      expect(await applier.apply(net(KEYED, { written: first }), 't')).toEqual(outcome(3n))
      await applier.commit('A')
      expect(await rows()).toEqual([
        ['1', 'a\tb', '1.50'],
        ['2', null, null],
        ['3', '汇\\', '0.00'],
      ])
      const next = { deleted: ['2', '99'], written: written('1\tz\t2', '4\tn\t4') }
      expect(await applier.apply(net(KEYED, next), 't')).toEqual(outcome(2n, 1n))
      await applier.commit('B')
      expect((await rows()).map(([id, value]) => `${id} ${value}`)).toEqual(['1 z', '3 汇\\', '4 n'])
      await applier.apply(net(KEYED, { isTruncated: true, written: written('9\tx\t9') }), 't')
      await applier.commit('C')
      expect(await rows()).toEqual([['9', 'x', '9.00']])
      await using later = await open()
      expect(await later.position()).toBe('C')
    })

    it('keeps values that the source left out, and tells rows that are missing', async () => {
      await site.query('CREATE TABLE t (id bigint PRIMARY KEY, name varchar(20), amount numeric(12,2))')
      await site.query(`INSERT INTO t VALUES (1, 'kept', 1)`)
      await using applier = await open()
      await applier.fit(KEYED, { dataset: 't', ddl: 'never' })
      const some = new Map([
        row('1\t\\N\t7', [1]),
        row('2\t\\N\t8', [1]),
        row('3\twhole\t9'),
        row('4\t\\N\t\\N', [1, 2]),
      ])
      expect(await applier.apply(net(KEYED, { written: some }), 't')).toEqual(outcome(2n, 0n, 2n))
      const moved = new Map([['1', row('10\t\\N\t7', [1])[1]]])
      expect(await applier.apply(net(KEYED, { moved }), 't')).toEqual(outcome(1n))
      await applier.commit('A')
      expect(await rows()).toEqual([
        ['3', 'whole', '9.00'],
        ['10', 'kept', '7.00'],
      ])
      // A copy that was made later has the row under its new key as well.
      await site.query(`INSERT INTO t VALUES (1, 'old', 1)`)
      const again = new Map([['1', row('10\t\\N\t8', [1])[1]]])
      expect(await applier.apply(net(KEYED, { moved: again }), 't')).toEqual(outcome(1n))
      await applier.commit('B')
      expect(await rows()).toEqual([
        ['3', 'whole', '9.00'],
        ['10', 'kept', '8.00'],
      ])
    })

    it('shows nothing before the commit, however many batches a transaction has', async () => {
      await using applier = await open()
      await applier.fit(KEYED, { dataset: 't', ddl: 'create' })
      await applier.commit(undefined)
      for (let batch = 0; batch < 3; batch++) {
        await applier.apply(net(KEYED, { written: written(`${batch}\tx\t1`) }), 't')
        expect(await rows()).toEqual([])
      }
      await applier.commit('A')
      expect(await rows()).toHaveLength(3)
    })

    it('adds a column that the source got, gives another its wider type, and leaves out what it is told to', async () => {
      const first = await open()
      await first.fit(KEYED, { dataset: 't', ddl: 'create' })
      await first.apply(net(KEYED, { written: written('1\ta\t1') }), 't')
      await first.commit('A')
      const [id, title, amount] = KEYED.columns
      const columns = [id, title, amount, { name: 'born', type: 'DATE' }].filter((column) => column !== undefined)
      const wider: ChangedTable = { ...KEYED, columns }
      const { statements } = await first.fit(wider, { dataset: 't', ddl: 'alter' })
      expect(statements).toEqual([expect.stringMatching(/^ALTER TABLE \S+ ADD COLUMN .born. date( NULL)?$/i)])
      await first.apply(net(wider, { written: written('2\tb\t2\t2024-02-29') }), 't')
      const retyped = columns.map((column) =>
        column.name === 'amount' ? { ...column, type: 'DECIMAL(20,4)' } : column,
      )
      const widest: ChangedTable = { ...KEYED, columns: [...retyped, { name: 'left', type: 'VARCHAR' }] }
      const how = { dataset: 't', ddl: 'alter', retyped: new Set(['amount']), leftOut: new Set(['left']) } as const
      const line = written('3\tc\t123456789012.1234\t\\N\tout')
      await applyAgain(first, open, async (applier) => {
        await applier.fit(widest, how)
        await applier.apply(net(widest, { written: line }), 't')
        await applier.commit('B')
      })
      const after = await rows()
      expect(after.at(0)).toEqual(['1', 'a', '1.0000', null])
      expect(after.at(-1)).toEqual(['3', 'c', '123456789012.1234', null])
    })

    it('counts equal rows of a table without a key', async () => {
      await using applier = await open()
      await applier.fit(LOOSE, { dataset: 'l', ddl: 'create' })
      const come: [string, number][] = [
        ['a', 13],
        ['A', 2],
        ['b', 1],
        ['\\N', 2],
      ]
      await applier.apply(net(LOOSE, { copies: new Map(come) }), 'l')
      await applier.commit('A')
      const change: [string, number][] = [
        ['a', -2],
        ['\\N', -1],
        ['b', -1],
        ['nowhere', -4],
        ['c', 1],
      ]
      expect(await applier.apply(net(LOOSE, { copies: new Map(change) }), 'l')).toEqual(outcome(1n, 4n))
      await applier.commit('B')
      const left = (await site.query('SELECT v FROM l')).map(([v]) => v ?? 'NULL')
      expect(left.toSorted()).toEqual(['A', 'A', 'NULL', ...Array.from({ length: 11 }, () => 'a'), 'c'])
    })

    it('takes nothing any more from one that was overtaken', async () => {
      await using old = await open()
      await old.fit(KEYED, { dataset: 't', ddl: 'create' })
      await old.commit('A')
      await using taken = await open()
      expect(await taken.position()).toBe('A')
      await old.apply(net(KEYED, { written: written('1\tlate\t1') }), 't')
      await taken.assertOwned()
      await taken.commit('A')
      await expect(old.assertOwned()).rejects.toMatchObject({ code: 'sync.taken_over' })
      await expect(old.commit('B')).rejects.toMatchObject({ code: 'sync.taken_over' })
      await old[Symbol.asyncDispose]()
      // Neither may it come back: it would take the position from who has it now.
      await expect(open(old.claim)).rejects.toMatchObject({ code: 'sync.taken_over' })
      await using back = await open(taken.claim)
      expect(await back.position()).toBe('A')
      expect(await rows()).toEqual([])
    })

    it('stores every type as it came', async () => {
      await using applier = await open()
      const columns = fixture.cells.map(([column], i): Column => ({ name: `c${i}`, ...column }))
      const table: ChangedTable = { dataset: 'src.t', columns: [{ name: 'id', type: 'BIGINT' }, ...columns], keys: [0] }
      await applier.fit(table, { dataset: 't', ddl: 'create' })
      const line = ['1', ...fixture.cells.map(([, cell]) => cell)].join('\t')
      const nulls = ['2', ...fixture.cells.map(() => '\\N')].join('\t')
      await applier.apply(net(table, { written: written(line, nulls) }), 't')
      await applier.commit('A')
      const [stored, empty] = await rows()
      expect(fixture.cells.map(([column, cell], i) => [column.type, cell, stored?.[i + 1]])).toEqual(
        fixture.cells.map(([column, cell, text]) => [column.type, cell, text]),
      )
      expect(empty).toEqual(['2', ...fixture.cells.map(() => null)])
    })

    const refused = fixture.refused.map(([column, cell, existing]) => ({ column, cell, existing }))
    it.each(refused)('refuses $column.type $cell $existing', async ({ column, cell, existing }) => {
      await using applier = await open()
      if (existing !== undefined) await site.query(`CREATE TABLE t (id bigint PRIMARY KEY, v ${existing})`)
      const columns = [
        { name: 'id', type: 'BIGINT' },
        { name: 'v', ...column },
      ]
      const table: ChangedTable = { dataset: 'src.t', columns, keys: [0] }
      const applied = async (): Promise<void> => {
        await applier.fit(table, { dataset: 't', ddl: 'create' })
        await applier.apply(net(table, { written: written(`1\t${cell}`) }), 't')
      }
      await expect(applied()).rejects.toMatchObject({ code: expect.stringMatching(/^(target|type)\./) })
      await applier[Symbol.asyncDispose]()
      expect(await rows().catch(() => [])).toEqual([])
    })
  })
}

/** Some systems cannot change a structure inside a transaction: the work is begun again then, on a new applier. */
async function applyAgain(
  first: ChangeApplier,
  open: () => Promise<ChangeApplier>,
  work: (applier: ChangeApplier) => Promise<void>,
): Promise<void> {
  let isInterrupted = false
  await work(first).catch((error: unknown) => {
    if (!isFailure(error, 'sync.begin_again')) throw error
    isInterrupted = true
  })
  await first[Symbol.asyncDispose]()
  if (!isInterrupted) return
  await using second = await open()
  expect(await second.position()).toBe('A')
  await work(second)
}

function net(table: ChangedTable, changes: Partial<NetTable>): NetTable {
  const none = { isTruncated: false, deleted: [], written: new Map(), moved: new Map(), copies: new Map() }
  return { table, ...none, ...changes }
}

function row(line: string, unchanged: number[] = []): [string, NetRow] {
  return [line.split('\t')[0] ?? '', { line: Buffer.from(line), unchanged }]
}

function written(...lines: string[]): Map<string, NetRow> {
  return new Map(lines.map((line) => row(line)))
}

function outcome(count: bigint, deleted = 0n, missing = 0n): object {
  return { written: count, deleted, missing }
}
