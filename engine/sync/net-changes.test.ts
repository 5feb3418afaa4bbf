import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NetTable } from '../connectors/api/change-applier.ts'
import type { ChangedTable, RowChange } from '../connectors/api/changes.ts'
import { netChanges } from './net-changes.ts'

const column = (name: string) => ({ name, type: 'VARCHAR' })
const KEYED: ChangedTable = { dataset: 'keyed', columns: [column('id'), column('a'), column('b')], keys: [0] }
const LOOSE: ChangedTable = { dataset: 'loose', columns: [column('a'), column('b')], keys: [] }

type Rows = Map<string, string[]>

/** What the changes mean, one by one: the model that the net effect is held against. */
function applyOneByOne(rows: Rows, changes: readonly RowChange[]): void {
  for (const change of changes) {
    if (change.kind === 'truncate') rows.clear()
    else if (change.kind === 'delete') rows.delete(change.key)
    else {
      const cells = change.line.toString().split('\t')
      if (change.kind === 'update') {
        const before = rows.get(change.oldKey ?? change.key) ?? []
        for (const i of change.unchanged) cells[i] = before[i] ?? 'lost'
        rows.delete(change.oldKey ?? change.key)
      }
      rows.set(change.key, cells)
    }
  }
}

/** What an applier does with a table of a wave. */
function applyNet(rows: Rows, { isTruncated, deleted, written, moved }: NetTable): void {
  if (isTruncated) rows.clear()
  for (const key of deleted) rows.delete(key)
  for (const [key, { line, unchanged }] of written) {
    const cells = line.toString().split('\t')
    for (const i of unchanged) cells[i] = rows.get(key)?.[i] ?? 'lost'
    rows.set(key, cells)
  }
  for (const [oldKey, { line, unchanged }] of moved) {
    const cells = line.toString().split('\t')
    for (const i of unchanged) cells[i] = rows.get(oldKey)?.[i] ?? 'lost'
    rows.delete(oldKey)
    rows.set(cells[0] ?? '', cells)
  }
}

const act = fc.record({
  what: fc.constantFrom('insert', 'update', 'update', 'move', 'delete', 'truncate'),
  pick: fc.nat(5),
  to: fc.nat(5),
  a: fc.constantFrom('x', 'y', '\\N', ''),
  unchanged: fc.subarray([1, 2]),
})

/** A history that a real source could have: nothing is inserted twice, nothing missing is changed. */
function history(
  acts: readonly { what: string; pick: number; to: number; a: string; unchanged: number[] }[],
  start: Rows,
) {
  const rows: Rows = new Map(start)
  const changes: RowChange[] = []
  const add = (change: RowChange): void => {
    changes.push(change)
    applyOneByOne(rows, [change])
  }
  acts.forEach(({ what, pick, to, a, unchanged }, step) => {
    const free = String(pick)
    const key = [...rows.keys()][pick % Math.max(rows.size, 1)]
    const cellsOf = (id: string): string =>
      [id, a, `v${step}`].map((cell, i) => (unchanged.includes(i) ? '\\N' : cell)).join('\t')
    if (what === 'truncate') {
      if (pick === 0) add({ kind: 'truncate', table: KEYED })
    } else if (what === 'insert') {
      if (!rows.has(free))
        add({ kind: 'insert', table: KEYED, key: free, line: Buffer.from(`${free}\t${a}\tv${step}`) })
    } else if (key === undefined) return
    else if (what === 'delete') add({ kind: 'delete', table: KEYED, key })
    else if (what === 'update') add({ kind: 'update', table: KEYED, key, line: Buffer.from(cellsOf(key)), unchanged })
    else if (!rows.has(String(to))) {
      add({
        kind: 'update',
        table: KEYED,
        key: String(to),
        oldKey: key,
        line: Buffer.from(cellsOf(String(to))),
        unchanged,
      })
    }
  })
  return { changes, rows }
}

describe('the net effect of changes', () => {
  it('leaves what the changes one by one leave, whatever the target had', () => {
    const start = fc.subarray(['0', '1', '2', '3']).map((keys) => new Map(keys.map((key) => [key, [key, 'old', key]])))
    fc.assert(
      fc.property(start, fc.array(act, { maxLength: 40 }), (before, acts) => {
        const { changes, rows } = history(acts, before)
        const net: Rows = new Map(before)
        for (const wave of netChanges(changes)) for (const table of wave) applyNet(net, table)
        expect(Object.fromEntries(net)).toEqual(Object.fromEntries(rows))
      }),
      { numRuns: 2_000 },
    )
  })

  it('may be applied twice: a batch that comes again changes nothing', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
        const whole = acts.map((one) => ({ ...one, unchanged: [] }))
        const { changes, rows } = history(whole, new Map())
        const net: Rows = new Map()
        for (let turn = 0; turn < 2; turn++) {
          for (const wave of netChanges(changes)) for (const table of wave) applyNet(net, table)
        }
        expect(Object.fromEntries(net)).toEqual(Object.fromEntries(rows))
      }),
    )
  })

  it('counts equal rows of a table without keys', () => {
    const line = (text: string) => ({ key: text, line: Buffer.from(text) })
    const [wave, ...more] = netChanges([
      { kind: 'insert', table: LOOSE, ...line('a\t1') },
      { kind: 'insert', table: LOOSE, ...line('a\t1') },
      { kind: 'update', table: LOOSE, ...line('a\t2'), oldKey: 'b\t1', unchanged: [] },
      { kind: 'delete', table: LOOSE, key: 'a\t1' },
      { kind: 'insert', table: LOOSE, ...line('c\t1') },
      { kind: 'delete', table: LOOSE, key: 'c\t1' },
    ])
    expect(more).toEqual([])
    expect([...(wave?.[0]?.copies ?? [])]).toEqual([
      ['a\t1', 1],
      ['b\t1', -1],
      ['a\t2', 1],
    ])
  })

  it('begins a wave for a table that gets another shape or an unknown key, and keeps other tables in one', () => {
    const wider: ChangedTable = { ...KEYED, columns: [...KEYED.columns, column('c')] }
    const insert = (table: ChangedTable, id: string): RowChange => ({
      kind: 'insert',
      table,
      key: id,
      line: Buffer.from(table.columns.map(() => id).join('\t')),
    })
    const move: RowChange = {
      kind: 'update',
      table: wider,
      key: '9',
      oldKey: '8',
      line: Buffer.from('9\t\\N'),
      unchanged: [1],
    }
    const waves = netChanges([insert(KEYED, '1'), insert(LOOSE, '1'), insert(wider, '2'), insert(LOOSE, '2'), move])
    expect(waves.map((wave) => wave.map(({ table }) => `${table.dataset} ${table.columns.length}`))).toEqual([
      ['keyed 3', 'loose 2'],
      ['keyed 4'],
      ['keyed 4'],
    ])
  })
})
