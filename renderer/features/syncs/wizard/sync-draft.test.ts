import { describe, expect, it } from 'vitest'
import {
  documentOf,
  includeOf,
  listed,
  missing,
  NEW_SYNC,
  nameOf,
  type SourceTable,
  type SyncDraft,
} from './sync-draft.ts'

const TABLES: readonly SourceTable[] = [
  { dataset: 'hr.people', schema: 'hr', name: 'people' },
  { dataset: 'sales.orders', schema: 'sales', name: 'orders' },
  { dataset: 'sales.lines', schema: 'sales', name: 'lines' },
  { dataset: '"odd schema".people', schema: 'odd schema', name: 'people' },
]
const draft = (more: Partial<SyncDraft>): SyncDraft => ({ ...NEW_SYNC, source: 'erp', target: 'dw', ...more })
const chosen = (...datasets: string[]): Partial<SyncDraft> => ({ way: 'tree', chosen: new Set(datasets) })

describe('what was chosen as patterns', () => {
  it.each<[string, Partial<SyncDraft>, string[]]>([
    ['nothing', chosen(), []],
    ['some of a schema', chosen('sales.orders'), ['sales.orders']],
    ['a schema whole', chosen('sales.orders', 'sales.lines'), ['sales.*']],
    ['a schema whose name needs quotes', chosen('"odd schema".people'), ['"odd schema".*']],
    ['patterns', { way: 'pattern', include: 'sales.*\n hr.p*' }, ['sales.*', 'hr.p*']],
    ['a list', { way: 'list', list: 'ORDERS, sales.lines' }, ['sales.lines', 'sales.orders']],
    ['a name that two schemas have', { way: 'list', list: 'people' }, ['"odd schema".people', 'hr.people']],
  ])('%s', (_case, more, patterns) => {
    expect(includeOf(draft(more), TABLES)).toEqual(patterns)
  })

  it.each([
    ['without schemas', ['a', 'b'], '*'],
    ['of the only schema', ['public.a', 'public.b'], 'public.*'],
  ])('all tables %s', (_case, datasets, pattern) => {
    const tables = datasets.map((dataset) => ({ dataset, name: dataset }))
    expect(includeOf(draft(chosen(...datasets)), tables)).toEqual([pattern])
  })
})

it('tells which names of a list are no tables', () => {
  expect(listed('orders；nope, sales.nope\torders', TABLES)).toEqual({
    found: ['sales.orders'],
    unknown: ['nope', 'sales.nope'],
  })
})

it.each<[string, Partial<SyncDraft>, ReturnType<typeof missing>]>([
  ['a source', { source: undefined }, 'systems'],
  ['a place of their own', { target: 'erp' }, 'same'],
  ['a name', { name: ' ' }, 'name'],
  ['tables', chosen(), 'tables'],
  ['nothing', chosen('hr.people'), undefined],
  [
    'nothing: a prefix keeps them apart',
    { target: 'erp', rename: { ...NEW_SYNC.rename, prefix: 'copy_' }, ...chosen('hr.people') },
    undefined,
  ],
])('lacks %s', (_case, more, lack) => {
  expect(missing(draft(more), TABLES)).toBe(lack)
})

it('becomes a file', () => {
  const whole = draft({
    way: 'pattern',
    include: 'sales.*',
    exclude: 'tmp_*',
    rename: { ...NEW_SYNC.rename, prefix: 'ods_' },
  })
  expect(nameOf(whole)).toBe('erp-to-dw')
  expect(documentOf(whole, [])).toMatchObject({
    source: 'erp',
    target: 'dw',
    tables: { include: ['sales.*'], exclude: ['tmp_*'] },
    rename: { prefix: 'ods_' },
    failedTable: 'leave_out',
  })
})
