import { expect, it } from 'vitest'
import { targetBehind } from './target-behind.ts'

const nodes = {
  m: { type: 'map', input: 'a' },
  other: { type: 'filter', input: 'm' },
  far: { type: 'target', input: 'other', dataset: 'dw:far' },
  near: { type: 'target', input: 'm', dataset: 'dw:near' },
  unfinished: { type: 'target', input: 'far', dataset: '' },
}

it.each([
  ['m', 'dw:near'],
  ['other', 'dw:far'],
  ['far', undefined],
  ['near', undefined],
])('%s feeds %s', (node, dataset) => {
  expect(targetBehind({ version: 1, nodes }, node)).toBe(dataset)
})
