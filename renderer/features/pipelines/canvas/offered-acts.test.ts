import { expect, it } from 'vitest'
import { actsFor } from './offered-acts.ts'

it.each<[string, number, string[], string]>([
  ['nothing', 0, [], 'add note paste | selectAll find | fit arrange keys'],
  ['a node', 1, [], 'add connect | copy cut duplicate | group fitSelection | delete'],
  ['two nodes', 2, [], 'copy cut duplicate | left centre right top middle bottom | group fitSelection | delete'],
  [
    'three nodes and an edge',
    3,
    ['a>b.input.'],
    'copy cut duplicate | left centre right top middle bottom | across down | group fitSelection | delete',
  ],
  ['an edge', 0, ['a>b.input.'], 'add | delete'],
  ['a note', 0, ['note:note-1'], 'write | delete'],
  ['a frame', 0, ['group:group-1'], 'ungroup fold write | delete'],
  ['a note and an edge', 0, ['note:note-1', 'a>b.input.'], 'delete'],
])('what is offered for %s', (_case, nodes, picked, expected) => {
  expect(
    actsFor({ nodes, picked })
      .map((group) => group.join(' '))
      .join(' | '),
  ).toBe(expected)
})
