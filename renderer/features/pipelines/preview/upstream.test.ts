import { describe, expect, it } from 'vitest'
import type { NodeCatalogueEntry } from '../../../../engine/contract/node-catalogue.ts'
import type { Catalogue } from '../document/inputs.ts'
import { firstInput, upstream } from './upstream.ts'

const title = { en: '', zh: '' }
const entry = (kind: string, fields: readonly string[]): [string, NodeCatalogueEntry] => [
  kind,
  {
    kind,
    group: 'rows',
    title,
    description: title,
    inputs: fields.map((field) => ({ field, title, takes: 'one', least: 1, most: 1 })),
    outputs: [],
    schema: { type: 'object', properties: {} },
    initial: {},
  },
]
const catalogue: Catalogue = new Map([
  entry('source', []),
  entry('filter', ['input']),
  entry('join', ['left', 'right']),
])
const document = {
  version: 1 as const,
  nodes: {
    a: { type: 'source' },
    b: { type: 'source' },
    f: { type: 'filter', input: 'a' },
    j: { type: 'join', left: 'f.rejects', right: 'b' },
    after: { type: 'filter', input: 'j' },
    x: { type: 'filter', input: 'y' },
    y: { type: 'filter', input: 'x' },
    lost: { type: 'filter', input: 'gone' },
  },
}

describe('the nodes that an output depends on', () => {
  it.each([
    ['a source', 'a', ['a']],
    ['a chain', 'f', ['a', 'f']],
    ['a named output of a join', 'j.unmatched', ['a', 'b', 'f', 'j']],
    ['a cycle, once each', 'x', ['x', 'y']],
    ['an input that is not there', 'lost', ['lost']],
    ['no such node', 'gone', []],
  ])('%s', (_case, output, names) => {
    expect(Object.keys(upstream(document, output, catalogue).nodes)).toEqual(names)
  })
})

it.each([
  ['a source reads nothing', document.nodes.a, undefined],
  ['a filter reads its input', document.nodes.f, 'a'],
  ['a join reads its left side first', document.nodes.j, 'f.rejects'],
  ['no node', undefined, undefined],
])('%s', (_case, config, output) => {
  expect(firstInput(config, catalogue)).toBe(output)
})
