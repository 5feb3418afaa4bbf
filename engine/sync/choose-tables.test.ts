import { describe, expect, it } from 'vitest'
import type { DatasetSummary } from '../contract/dataset.ts'
import { syncFileSchema } from '../contract/sync-file.ts'
import { chooseTables } from './choose-tables.ts'

const tables = (...names: string[]): DatasetSummary[] => names.map((name) => ({ name, kind: 'table' }))
const file = (more: object) => syncFileSchema.parse({ version: 1, source: 'erp', target: 'dw', ...more })
const ALL = tables('public.orders', 'public.order_items', 'public.tmp_x', 'crm.orders', 'public."a.b"')

describe('the tables of a sync', () => {
  it.each([
    ['all', {}, ['public.orders', 'public.order_items', 'public.tmp_x', 'public."a.b"'], { exclude: ['crm.*'] }],
    ['of a schema', { include: ['crm.*'] }, ['crm.orders'], {}],
    ['by the start', { include: ['public.order*'] }, ['public.orders', 'public.order_items'], {}],
    ['by the end', { include: ['public.*_items'] }, ['public.order_items'], {}],
    ['by the middle', { include: ['public.*d*r*i*'] }, ['public.order_items'], {}],
    ['by name in any schema, but one', { include: ['orders'], exclude: ['public.orders'] }, ['crm.orders'], {}],
    ['with a dot in the name', { include: ['public."a.b"'] }, ['public."a.b"'], {}],
  ])('%s', (_case, wanted, expected, more) => {
    const chosen = chooseTables('s', file({ tables: { ...wanted, ...more } }), ALL)
    expect(chosen.map(({ dataset }) => dataset)).toEqual(expected)
  })

  it('are refused when there are none: a pattern does not use a letter twice', () => {
    expect(() => chooseTables('s', file({ tables: { include: ['public.orders*s'] } }), ALL)).toThrow(
      expect.objectContaining({ code: 'sync.no_tables' }),
    )
  })

  it('may be files, and become files', () => {
    const files: DatasetSummary[] = [
      { name: 'in/orders.2026.csv.gz', kind: 'file' },
      { name: 'book.xlsx!Items', kind: 'sheet' },
    ]
    const wanted = file({
      mode: 'full',
      tables: { include: ['*.csv.gz', 'book.xlsx!*'] },
      rename: { suffix: '.parquet' },
    })
    const chosen = chooseTables('s', wanted, files, { toFiles: true })
    expect(chosen.map(({ target }) => target)).toEqual(['orders.2026.parquet', 'Items.parquet'])
    expect(() => chooseTables('s', { ...wanted, mode: 'changes' }, files)).toThrow(
      expect.objectContaining({ code: 'sync.no_tables' }),
    )
  })

  it('leaves out views', () => {
    const view: DatasetSummary = { name: 'public.v', kind: 'view' }
    expect(chooseTables('s', file({}), [view, ...tables('public.t')])).toEqual([{ dataset: 'public.t', target: 't' }])
  })
})

describe('their names in the target', () => {
  it.each([
    [{}, 'Orders'],
    [{ schema: 'ods' }, 'ods.Orders'],
    [{ schema: 'ods', prefix: 'erp_', suffix: '_raw', case: 'lower' }, 'ods.erp_orders_raw'],
    [{ prefix: 'a b ', case: 'upper' }, '"A B ORDERS"'],
    [
      {
        replace: [
          { pattern: '^(Or)(.*)$', by: '$2_$1' },
          { pattern: 'd', by: 'D' },
        ],
        prefix: 't_',
      },
      't_Ders_Or',
    ],
  ])('%o', (rename, target) => {
    expect(chooseTables('s', file({ rename }), tables('public.Orders'))[0]?.target).toBe(target)
  })

  it('are refused when two tables would go to one, also by case', () => {
    expect(() => chooseTables('s', file({}), tables('a.Orders', 'b.orders'))).toThrow(
      expect.objectContaining({ code: 'sync.same_target' }),
    )
  })
})
