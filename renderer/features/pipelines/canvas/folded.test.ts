import { describe, expect, it } from 'vitest'
import { closedFrames, foldedEdges } from './folded.ts'
import type { DrawnEdge } from './graph.ts'

const group = (id: string, nodes: string[], isCollapsed = true) => ({ id, title: id, nodes, isCollapsed })
const edge = (source: string, target: string): DrawnEdge => ({
  id: `${source}>${target}.input.`,
  source,
  sourceHandle: source,
  target,
  targetHandle: 'input',
})
const ends = (edges: readonly DrawnEdge[]): string[] => edges.map(({ source, target }) => `${source}>${target}`)

describe('a frame', () => {
  const groups = [group('one', ['a', 'b']), group('two', ['c'], false), group('three', ['d'])]

  it.each([
    ['nothing', [], ['a', 'b', 'd']],
    ['a node outside of it', ['c'], ['a', 'b', 'd']],
    ['a node in it', ['b'], ['d']],
  ])('is closed while %s is selected', (_case, selection, expected) => {
    expect([...closedFrames({ groups }, selection).keys()]).toEqual(expected)
  })

  it('takes the ends of edges while it is closed', () => {
    const edges = [edge('x', 'a'), edge('a', 'b'), edge('b', 'c'), edge('c', 'd'), edge('b', 'd')]
    const folded = foldedEdges(edges, closedFrames({ groups }, []))
    expect(ends(folded)).toEqual(['x>group:one', 'group:one>c', 'c>group:three', 'group:one>group:three'])
    expect(folded[0]).toMatchObject({ id: 'x>a.input.', sourceHandle: 'x', targetHandle: null, reconnectable: false })
    expect(ends(foldedEdges(edges, new Map()))).toEqual(ends(edges))
  })
})
