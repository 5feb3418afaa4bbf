import { describe, expect, it } from 'vitest'
import type { NodeCatalogueEntry } from '../../../../engine/contract/node-catalogue.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import type { Catalogue } from '../document/inputs.ts'
import { drawnGraph } from './graph.ts'
import { depthsOf, placeNodes } from './place-nodes.ts'

const title = { en: '', zh: '' }
const entry = (kind: string, fields: string[]): [string, NodeCatalogueEntry] => [
  kind,
  {
    kind,
    group: 'rows',
    title,
    description: title,
    inputs: fields.map((field) => ({ field, title, takes: 'one' as const, least: 1 })),
    outputs: [],
    schema: {},
    initial: {},
  },
]
const catalogue: Catalogue = new Map([
  entry('source', []),
  entry('filter', ['input']),
  entry('join', ['left', 'right']),
])
const layout = { version: 1 as const, nodes: {}, notes: [], groups: [] }
const document: PipelineFile = {
  version: 1,
  nodes: {
    a: { type: 'source' },
    b: { type: 'filter', input: 'a' },
    c: { type: 'source' },
    d: { type: 'join', left: 'b.rejects', right: 'c' },
    lost: { type: 'filter', input: 'nowhere' },
  },
}

describe('a drawn pipeline', () => {
  it('has an edge for each input that exists, from output to port', () => {
    const { edges } = drawnGraph(document, new Map(), [], catalogue)
    expect(edges.map(({ sourceHandle, target, targetHandle }) => `${sourceHandle}>${target}.${targetHandle}`)).toEqual([
      'a>b.input',
      'b.rejects>d.left',
      'c>d.right',
    ])
  })

  it('shows the outputs that are known, and those that are read before anything is known', () => {
    const outputs = (known: Parameters<typeof drawnGraph>[2]): string[] =>
      drawnGraph(document, new Map(), known, catalogue)
        .nodes.find(({ id }) => id === 'b')
        ?.data.outputs.map(({ output }) => output) ?? []
    expect(outputs([])).toEqual(['b', 'b.rejects'])
    const state = {
      node: 'b',
      state: 'error' as const,
      inputs: [],
      outputs: [{ output: 'b', isReject: false }],
      problems: [{ severity: 'error' as const, message: 'wrong' }],
    }
    expect(outputs([state])).toEqual(['b', 'b.rejects'])
  })

  it('stands in columns by the longest way from a source', () => {
    expect(Object.fromEntries(depthsOf(document, catalogue))).toEqual({ a: 0, b: 1, c: 0, d: 2, lost: 1 })
  })

  it('keeps what was placed, and puts no node on another', () => {
    const placed = placeNodes(document, { ...layout, nodes: { c: { x: 0, y: 0 } } }, catalogue)
    expect(placed.get('c')).toEqual({ x: 0, y: 0 })
    expect(new Set([...placed.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(5)
  })

  it('is drawn even when it goes round in a circle', () => {
    const round: PipelineFile = {
      version: 1,
      nodes: { x: { type: 'filter', input: 'y' }, y: { type: 'filter', input: 'x' } },
    }
    expect(placeNodes(round, layout, catalogue).size).toBe(2)
  })
})
