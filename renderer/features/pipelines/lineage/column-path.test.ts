import { expect, it } from 'vitest'
import type { ColumnLineage } from '../../../../engine/contract/api/lineage.ts'
import { pathOf, stepOf } from './column-path.ts'

const outputs = ['orders', 'checked', 'checked.rejects', 'fact']

it.each([
  ['a column of a node', 'orders.订单号', { output: 'orders', column: '订单号' }],
  ['the longest output that fits', 'checked.rejects.rule', { output: 'checked.rejects', column: 'rule' }],
  ['a column with a point', 'orders.a.b', { output: 'orders', column: 'a.b' }],
  ['an output that is not there', 'gone.a', undefined],
])('%s', (_case, text, step) => {
  expect(stepOf(text, outputs)).toEqual(step)
})

it('gathers every node and column on the way', () => {
  const source = { node: 'orders', column: 'a', kind: 'direct' as const }
  const lineages: ColumnLineage[] = [
    {
      column: 'x',
      isApproximate: false,
      sources: [
        { ...source, path: ['orders.a', 'checked.a', 'fact.x'] },
        { ...source, column: 'b', kind: 'filter', path: ['orders.b', 'checked.b', 'gone.b'] },
      ],
    },
  ]
  const path = pathOf(lineages, outputs)
  expect([...path.nodes]).toEqual(['orders', 'checked', 'fact'])
  expect([...path.wires]).toEqual(['orders>checked', 'checked>fact'])
  expect([...path.columns].map(([output, columns]) => [output, ...columns])).toEqual([
    ['orders', 'a', 'b'],
    ['checked', 'a', 'b'],
    ['fact', 'x'],
  ])
})
