import { expect, it } from 'vitest'
import type { Cell } from '../../../../engine/contract/page.ts'
import { factsOf } from './column-facts.ts'

it.each<[string, Cell[][], { nullShare: number; distinct: number }]>([
  ['no rows', [], { nullShare: 0, distinct: 0 }],
  ['all NULL', [[null], [null]], { nullShare: 1, distinct: 0 }],
  ['text and number are two values', [['1'], [1], [1]], { nullShare: 0, distinct: 2 }],
  ['empty text is no NULL', [[''], [null]], { nullShare: 0.5, distinct: 1 }],
  ['a text that reads like a list is no list', [['[1]'], [[1]]], { nullShare: 0, distinct: 2 }],
  ['nested values compare by content', [[[1]], [[1]], [[2]]], { nullShare: 0, distinct: 2 }],
])('%s', (_case, rows, facts) => {
  expect(factsOf(1, rows)).toEqual([facts])
})
