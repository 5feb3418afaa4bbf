import { describe, expect, it } from 'vitest'
import { configDigest } from '../../../../engine/contract/config-digest.ts'
import type { NodeCatalogueEntry } from '../../../../engine/contract/node-catalogue.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import type { Receipt } from '../../../../engine/contract/run.ts'
import type { Catalogue } from '../document/inputs.ts'
import { keptFacts, nodeFacts, staleNodes } from './facts.ts'

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
const document: PipelineFile = {
  version: 1,
  nodes: {
    a: { type: 'source', dataset: 'x:y' },
    b: { type: 'filter', input: 'a', where: 'true' },
    c: { type: 'source', dataset: 'x:z' },
    d: { type: 'join', left: 'b', right: 'c' },
  },
}
const counts = (node: string, rowsOut: string, rejected = '0') => ({ node, rowsIn: rowsOut, rowsOut, rejected })
const receipt = (rejected: string): Receipt => ({
  runId: 'r',
  pipeline: 'p',
  state: 'succeeded',
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: '2026-01-01T00:00:01Z',
  attempts: 1,
  counts: { read: '0', generated: '0', written: '0', rejected: '0', filtered: '0' },
  nodes: [counts('a', '9007199254740993'), counts('b', '4', rejected)],
  configs: Object.fromEntries(Object.entries(document.nodes).map(([name, config]) => [name, configDigest(config)])),
  targets: [],
  bytesRead: '0',
  durationsMs: {},
  cpuSeconds: 0,
  peakRssMb: 0,
  warnings: [],
})
const edited = (name: string, more: object): PipelineFile => ({
  ...document,
  nodes: { ...document.nodes, [name]: { type: 'filter', ...document.nodes[name], ...more } },
})

describe('nodes after runs', () => {
  it.each<[string, PipelineFile, string[]]>([
    ['nothing edited', document, []],
    ['described', edited('b', { description: 'why' }), []],
    ['a source edited', edited('a', { dataset: 'x:other' }), ['a', 'b', 'd']],
    ['a node added in between', edited('n', { type: 'filter', input: 'b' }), ['n']],
    ['the end edited', edited('d', { how: 'left' }), ['d']],
    [
      'a circle',
      { version: 1, nodes: { x: { type: 'filter', input: 'y' }, y: { type: 'filter', input: 'x' } } },
      ['x', 'y'],
    ],
  ])('are stale where %s', (_case, now, expected) => {
    expect([...staleNodes(now, receipt('0'), catalogue)]).toEqual(expected)
  })

  it.each([
    ['after the run', '2026-01-01T00:00:02Z', ['a', 'b', 'd']],
    ['before it', '2025-12-31T00:00:00Z', []],
    ['while it went on', '2026-01-01T00:00:00.500Z', []],
  ])('are stale where the file of a source was changed %s', (_case, changedAt, expected) => {
    expect([...staleNodes(document, receipt('0'), catalogue, new Map([['a', changedAt]]))]).toEqual(expected)
  })

  it('are not called stale by a receipt that kept no settings', () => {
    const { configs: _, ...old } = receipt('0')
    expect([...staleNodes(edited('a', { dataset: 'x:other' }), old, catalogue)]).toEqual([])
  })

  it('have the counts of the last run, whole, and the rejects of all, oldest first', () => {
    const facts = nodeFacts({ document, catalogue, receipts: [receipt('3'), receipt('1')], live: undefined })
    expect([facts.get('a')?.counts?.rowsOut, facts.get('b')?.rejects, facts.get('d')?.counts]).toEqual([
      '9007199254740993',
      [1, 3],
      undefined,
    ])
  })

  it('have the counts of the run that goes on', () => {
    const facts = nodeFacts({ document, catalogue, receipts: [receipt('3')], live: [counts('b', '7')] })
    expect([facts.get('b')?.counts?.rowsOut, facts.get('b')?.isLive, facts.get('a')?.counts]).toEqual([
      '7',
      true,
      undefined,
    ])
  })

  it('have none before the first run', () => {
    expect(nodeFacts({ document, catalogue, receipts: [], live: undefined }).size).toBe(0)
  })

  it('keep their facts where nothing differs', () => {
    const of = (rejected: string) => nodeFacts({ document, catalogue, receipts: [receipt(rejected)], live: undefined })
    const before = of('1')
    const after = keptFacts(before, of('2'))
    expect([after.get('a') === before.get('a'), after.get('b') === before.get('b')]).toEqual([true, false])
  })
})
