import { expect, it } from 'vitest'
import type { MappingSuggestion } from '../../../../engine/contract/api/authoring.ts'
import type { MapField } from './fields.ts'
import { openSuggestions, refusalKey, sureEnough, withSuggestions } from './suggested.ts'

const one = (to: string, from: string, confidence: number): MappingSuggestion => ({ to, from, confidence, reasons: [] })
const all = [one('id', '编号', 0.9), one('id', 'no', 0.95), one('name', '名称', 0.6), one('sum', 'a', 0.8)]
const columns = ['编号', 'no', '名称', 'a']

it.each<[string, MapField[], MappingSuggestion[], string[]]>([
  ['the best of each column, surest first', [], [], ['id<no', 'sum<a', 'name<名称']],
  ['not for what has a source', [{ to: 'id', from: '编号' }], [], ['sum<a', 'name<名称']],
  ['not for an expression', [{ to: 'sum', expr: '1' }], [], ['id<no', 'name<名称']],
  ['for a field whose column is gone', [{ to: 'name' }], [], ['id<no', 'sum<a', 'name<名称']],
  ['the next best of a refused one', [], [one('id', 'no', 0)], ['id<编号', 'sum<a', 'name<名称']],
])('suggests %s', (_case, fields, refused, expected) => {
  const open = openSuggestions(all, fields, columns, new Set(refused.map(refusalKey)))
  expect(open.map(({ to, from }) => `${to}<${from}`)).toEqual(expected)
})

it('accepts those above a threshold, in one step', () => {
  const accepted = withSuggestions([{ to: 'x' }], sureEnough(openSuggestions(all, [], columns, new Set()), 0.8))
  expect(accepted).toEqual([{ to: 'x' }, { to: 'id', from: 'no' }, { to: 'sum', from: 'a' }])
})
