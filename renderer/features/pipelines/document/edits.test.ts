import { describe, expect, it } from 'vitest'
import type { NodeCatalogueEntry } from '../../../../engine/contract/node-catalogue.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import {
  newConnections,
  readsFrom,
  refusal,
  withConnection,
  withInserted,
  withoutConnection,
  withReconnected,
} from './connections.ts'
import { freeName, newNode, withoutNodes, withPasted, withRenamed } from './edits.ts'
import { type Catalogue, inputsOf } from './inputs.ts'

const title = { en: '', zh: '' }
type Takes = NodeCatalogueEntry['inputs'][number]['takes']
const entry = (kind: string, inputs: [string, Takes][]): [string, NodeCatalogueEntry] => [
  kind,
  {
    kind,
    group: 'rows',
    title,
    description: title,
    inputs: inputs.map(([field, takes]) => ({ field, title, takes, least: 1 })),
    outputs: [],
    schema: {},
    initial: {},
  },
]
const catalogue: Catalogue = new Map([
  entry('source', []),
  entry('filter', [['input', 'one']]),
  entry('union', [['inputs', 'list']]),
  entry('join', [
    ['left', 'one'],
    ['right', 'one'],
  ]),
  entry('sql', [['inputs', 'named']]),
])
const required = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('not in the catalogue')
  return value
}
const pipeline: PipelineFile = {
  version: 1,
  nodes: {
    a: { type: 'source', dataset: 'x:y' },
    b: { type: 'filter', input: 'a', where: 'true' },
    c: { type: 'union', inputs: ['a', 'b.rejects'] },
    d: { type: 'join', left: 'b', right: 'c' },
    e: { type: 'sql', inputs: { one: 'b', two: 'd' } },
  },
}
/** `b<-a c<-a,b.rejects …` */
const wires = (document: PipelineFile): string =>
  Object.entries(document.nodes)
    .map(
      ([name, config]) =>
        `${name}<-${inputsOf(config, catalogue)
          .map(({ output }) => output)
          .join()}`,
    )
    .join(' ')

describe('edits of a pipeline', () => {
  it.each<[string, PipelineFile, string]>([
    ['as it is', pipeline, 'a<- b<-a c<-a,b.rejects d<-b,c e<-b,d'],
    // What read its main output reads what it read; what read its rejects reads nothing there.
    ['a node gone', withoutNodes(pipeline, ['b'], catalogue), 'a<- c<-a d<-a,c e<-a,d'],
    ['a node of several inputs gone', withoutNodes(pipeline, ['c'], catalogue), 'a<- b<-a d<-b e<-b,d'],
    ['a line of nodes gone', withoutNodes(pipeline, ['a', 'b'], catalogue), 'c<- d<-c e<-d'],
    ['a source gone', withoutNodes(pipeline, ['a'], catalogue), 'b<- c<-b.rejects d<-b,c e<-b,d'],
    [
      'a node renamed',
      withRenamed(pipeline, 'b', 'kept', catalogue),
      'a<- kept<-a c<-a,kept.rejects d<-kept,c e<-kept,d',
    ],
    [
      'renamed to one that is there',
      withRenamed(pipeline, 'b', 'c', catalogue),
      'a<- b<-a c<-a,b.rejects d<-b,c e<-b,d',
    ],
    [
      'a list grown',
      withConnection(pipeline, { from: 'b', to: 'c' }, catalogue),
      'a<- b<-a c<-a,b.rejects,b d<-b,c e<-b,d',
    ],
    [
      'a single input replaced',
      withConnection(pipeline, { from: 'a', to: 'd', field: 'left' }, catalogue),
      'a<- b<-a c<-a,b.rejects d<-a,c e<-b,d',
    ],
    [
      'a named input added',
      withConnection(pipeline, { from: 'c', to: 'e' }, catalogue),
      'a<- b<-a c<-a,b.rejects d<-b,c e<-b,d,c',
    ],
    [
      'a circle refused',
      withConnection(pipeline, { from: 'd', to: 'b' }, catalogue),
      'a<- b<-a c<-a,b.rejects d<-b,c e<-b,d',
    ],
    [
      'a connection cut',
      withoutConnection(pipeline, { from: 'b.rejects', to: 'c' }, catalogue),
      'a<- b<-a c<-a d<-b,c e<-b,d',
    ],
    [
      'a connection cut at its port',
      withoutConnection(pipeline, { from: 'b', to: 'd', field: 'left' }, catalogue),
      'a<- b<-a c<-a,b.rejects d<-c e<-b,d',
    ],
    [
      'a connection to another source',
      withReconnected(
        pipeline,
        { from: 'b', to: 'e', field: 'inputs', slot: 'one' },
        { from: 'c', to: 'e', field: 'inputs' },
        catalogue,
      ),
      'a<- b<-a c<-a,b.rejects d<-b,c e<-c,d',
    ],
    [
      'a connection to another reader',
      withReconnected(
        pipeline,
        { from: 'c', to: 'd', field: 'right' },
        { from: 'c', to: 'e', field: 'inputs' },
        catalogue,
      ),
      'a<- b<-a c<-a,b.rejects d<-b e<-b,d,c',
    ],
    [
      'a connection turned into a circle',
      withReconnected(
        pipeline,
        { from: 'a', to: 'b', field: 'input' },
        { from: 'd', to: 'b', field: 'input' },
        catalogue,
      ),
      'a<- b<-a c<-a,b.rejects d<-b,c e<-b,d',
    ],
    [
      'a connection that is not there',
      withReconnected(
        pipeline,
        { from: 'a', to: 'd', field: 'left' },
        { from: 'c', to: 'd', field: 'left' },
        catalogue,
      ),
      'a<- b<-a c<-a,b.rejects d<-b,c e<-b,d',
    ],
    [
      'a node inserted',
      withInserted(pipeline, { from: 'b', to: 'd' }, { name: 'n', config: { type: 'filter', input: 'b' } }, catalogue),
      'a<- b<-a c<-a,b.rejects d<-n,c e<-b,d n<-b',
    ],
  ])('%s', (_case, document, expected) => {
    expect(wires(document)).toBe(expected)
  })

  it('leave what they do not concern as it is', () => {
    const renamed = withRenamed(pipeline, 'c', 'z', catalogue)
    expect(renamed.nodes['a']).toBe(pipeline.nodes['a'])
    expect(renamed.nodes['b']).toBe(pipeline.nodes['b'])
    expect(Object.keys(renamed.nodes)).toEqual(['a', 'b', 'z', 'd', 'e'])
  })

  it.each([
    [{ from: 'a', to: 'a' }, 'self'],
    [{ from: 'd', to: 'b' }, 'cycle'],
    [{ from: 'b', to: 'a' }, 'no_input'],
    [{ from: 'a', to: 'e' }, undefined],
  ] as const)('%j is refused for %s', (connection, expected) => {
    expect(refusal(pipeline, connection, catalogue)).toBe(expected)
  })

  it('keep the names of a record where a connection changes, and know what is new', () => {
    const next = withReconnected(
      pipeline,
      { from: 'b', to: 'e', field: 'inputs', slot: 'one' },
      { from: 'c', to: 'e', field: 'inputs' },
      catalogue,
    )
    expect(next.nodes['e']?.['inputs']).toEqual({ one: 'c', two: 'd' })
    expect(newConnections(pipeline, next, catalogue)).toEqual([{ from: 'c', to: 'e' }])
  })

  it('delete a list input of a node gone when the list has what it read', () => {
    const document: PipelineFile = {
      version: 1,
      nodes: { a: { type: 'source' }, b: { type: 'filter', input: 'a' }, c: { type: 'union', inputs: ['b', 'a'] } },
    }
    expect(wires(withoutNodes(document, ['b'], catalogue))).toBe('a<- c<-a')
  })

  it('know who reads from whom', () => {
    expect([readsFrom(pipeline, 'e', 'a', catalogue), readsFrom(pipeline, 'a', 'e', catalogue)]).toEqual([true, false])
  })

  it('paste nodes under free names, wired as they were', () => {
    const { document, names } = withPasted(
      pipeline,
      { b: { type: 'filter', input: 'a' }, q: { type: 'join', left: 'b.rejects', right: 'gone' } },
      catalogue,
    )
    expect(names).toEqual(['b_2', 'q'])
    expect(wires(document)).toBe(`${wires(pipeline)} b_2<-a q<-b_2.rejects`)
  })

  it.each([
    ['filter', 'filter'],
    ['a', 'a_2'],
    ['x y.z', 'x_y_z'],
    ['1', 'node'],
    ['订单', '订单'],
  ])('a node wished to be called %j is %j', (wish, expected) => {
    expect(freeName(pipeline, wish)).toBe(expected)
  })

  it('a new node reads from what was chosen, as its port takes it', () => {
    const of = (kind: string) => newNode(required(catalogue.get(kind)), 'a')
    expect([of('filter'), of('union'), of('source')]).toEqual([
      { type: 'filter', input: 'a' },
      { type: 'union', inputs: ['a'] },
      { type: 'source' },
    ])
  })
})
