import { describe, expect, it } from 'vitest'
import { pathKey, type TreeLevel, type TreeNode, visibleRows } from './visible-rows.ts'

const node = (id: string, hasChildren = false): TreeNode => ({ id, label: id, hasChildren })
const ready = (...nodes: TreeNode[]): TreeLevel => ({ nodes, state: 'ready', hasMore: false })
const print = (levels: [string[], TreeLevel][], open: string[][]): string =>
  visibleRows(new Map(levels.map(([path, level]) => [pathKey(path), level])), new Set(open.map(pathKey)))
    .map((row) =>
      row.kind === 'node'
        ? `${'.'.repeat(row.path.length - 1)}${row.node.id}`
        : `${'.'.repeat(row.path.length)}<${row.kind}>`,
    )
    .join(' ')

describe('the lines of a tree', () => {
  const top: [string[], TreeLevel] = [[], ready(node('a', true), node('b', true), node('c'))]
  it.each<[string, [string[], TreeLevel][], string[][], string]>([
    ['nothing known', [], [], '<loading>'],
    ['all closed', [top], [], 'a b c'],
    ['one open that was not asked yet', [top], [['a']], 'a .<loading> b c'],
    ['one open', [top, [['a'], ready(node('x'), node('y'))]], [['a']], 'a .x .y b c'],
    ['one open and empty', [top, [['b'], ready()]], [['b']], 'a b .<empty> c'],
    ['one that failed', [top, [['b'], { nodes: [], state: 'failed', hasMore: false }]], [['b']], 'a b .<failed> c'],
    [
      'one with more',
      [top, [['a'], { nodes: [node('x')], state: 'ready', hasMore: true }]],
      [['a']],
      'a .x .<more> b c',
    ],
    [
      'the same id below itself',
      [
        [[], ready(node('a', true))],
        [['a'], ready(node('a'))],
      ],
      [['a']],
      'a .a',
    ],
  ])('%s', (_case, levels, open, expected) => {
    expect(print(levels, open)).toBe(expected)
  })
})
