import { expect, it } from 'vitest'
import { searchCanvas } from './search-canvas.ts'

const searched = {
  document: {
    version: 1 as const,
    nodes: {
      orders: { type: 'source', dataset: 'files:orders.csv' },
      recent: { type: 'filter', input: 'orders', where: "created_at >= date '2026-01-01'" },
      mapped: { type: 'map', input: 'recent', fields: [{ to: 'cents', expr: 'amount * 100' }] },
      订单: { type: 'sort', input: 'mapped', by: ['cents'] },
    },
  },
  layout: {
    version: 1 as const,
    nodes: {},
    notes: [{ id: 'note-1', x: 0, y: 0, width: 1, height: 1, text: 'Ask Li about the amount' }],
    groups: [{ id: 'group-1', title: 'Orders of today', nodes: ['orders'], isCollapsed: false }],
  },
  titleOf: (kind: string) => ({ filter: 'Filter rows', sort: '排序' })[kind] ?? kind,
}

it.each([
  ['a name first, then what reads it, then a frame', 'orders', ['orders', 'recent', 'group:group-1']],
  ['the title of a kind', 'filter rows', ['recent']],
  ['an expression, and a note', 'AMOUNT', ['mapped', 'note:note-1']],
  ['words of several fields', 'cents amount', ['mapped']],
  ['Chinese', '订单', ['订单']],
  ['a Chinese title', '排序', ['订单']],
  ['nothing', 'nowhere', []],
  ['no words', '  ', []],
])('finds %s', (_case, query, expected) => {
  expect(searchCanvas(searched, query).map(({ id }) => id)).toEqual(expected)
})

it('tells the text that was found', () => {
  expect(searchCanvas(searched, 'created_at')).toEqual([{ id: 'recent', text: "created_at >= date '2026-01-01'" }])
})
