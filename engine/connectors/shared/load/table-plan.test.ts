import { describe, expect, it } from 'vitest'
import { Failure } from '../../../contract/failure.ts'
import { planTable, type TablePlanRequest } from './table-plan.ts'

const exact = { kind: 'exact' } as const
const base: TablePlanRequest = {
  dataset: 'orders',
  columns: [
    { name: 'id', type: 'INTEGER' },
    { name: 'note', type: 'VARCHAR' },
  ],
  mode: 'append',
  keys: ['id'],
  ddl: 'create',
  existing: undefined,
  sameName: (a, b) => a.toLowerCase() === b.toLowerCase(),
  newType: ({ type }) => ({ type: `new ${type}`, fidelity: exact }),
  fit: (column, target) => {
    if (target.type === 'BLOB')
      throw new Failure('type.unsupported', { column: column.name, type: 'BLOB', reason: 'x' })
    return target.type === 'SMALL' ? { fidelity: exact, widened: 'BIG' } : { fidelity: exact }
  },
}
const idColumn = { name: 'ID', type: 'INT', nullable: false, hasDefault: false }
const note = { name: 'note', type: 'TEXT', nullable: true, hasDefault: false }

describe('planTable', () => {
  it('creates what is not there', () => {
    const plan = planTable(base)
    expect(plan.create).toEqual([
      { name: 'id', type: 'new INTEGER' },
      { name: 'note', type: 'new VARCHAR' },
    ])
    expect(plan.mappings[0]).toEqual({ column: 'id', from: 'INTEGER', to: 'new INTEGER', fidelity: exact })
  })

  it('maps by name, folding case as the system does', () => {
    const plan = planTable({ ...base, existing: [note, idColumn] })
    expect(plan.pairs.map(({ target }) => target.name)).toEqual(['ID', 'note'])
    expect([plan.add, plan.widen]).toEqual([[], []])
  })

  it('adds and widens under alter', () => {
    const plan = planTable({ ...base, ddl: 'alter', existing: [{ ...idColumn, type: 'SMALL' }] })
    expect(plan.add).toEqual([{ name: 'note', type: 'new VARCHAR' }])
    expect(plan.widen).toEqual([{ name: 'ID', type: 'BIG' }])
  })

  it('needs only the keys to delete', () => {
    expect(planTable({ ...base, mode: 'delete', existing: [idColumn] }).pairs).toHaveLength(1)
  })

  it.each<[string, Partial<TablePlanRequest>, string]>([
    ['no table', { ddl: 'never' }, 'write.ddl_needed'],
    ['a column missing', { existing: [idColumn] }, 'write.ddl_needed'],
    ['a column too narrow', { existing: [{ ...idColumn, type: 'SMALL' }, note] }, 'write.ddl_needed'],
    ['a required column', { existing: [idColumn, note, { ...idColumn, name: 'must' }] }, 'write.ddl_needed'],
    ['a computed column', { existing: [idColumn, { ...note, generated: true }] }, 'write.ddl_needed'],
    [
      'columns that fold together',
      {
        columns: [
          { name: 'a', type: 'X' },
          { name: 'A', type: 'X' },
        ],
      },
      'write.ddl_needed',
    ],
    ['a type that does not go in', { existing: [idColumn, { ...note, type: 'BLOB' }] }, 'type.unsupported'],
  ])('refuses %s', (_case, change, code) => {
    expect(() => planTable({ ...base, ...change })).toThrow(expect.objectContaining({ code }))
  })
})
