import type { NodeCase } from './node-case.ts'

/** What comes out of nodes that put rows and inputs together. */
export const RESULTS_COMBINING: readonly NodeCase<unknown[][]>[] = [
  [
    'filter leaves NULL out',
    { type: 'filter', input: 'a', where: 'v > 10' },
    'n',
    [
      [2, 'y', 20],
      [null, 'z', 30],
    ],
  ],
  [
    'left join, NULL key meets nothing',
    { type: 'join', how: 'left', left: 'a', right: 'b', on: ['id'] },
    'n',
    [
      [1, 'x', 10, 'one', 'p'],
      [2, 'y', 20, 'TWO', 'r'],
      [2, 'y', 20, 'two', 'q'],
      [2, 'y2', null, 'TWO', 'r'],
      [2, 'y2', null, 'two', 'q'],
      [null, 'z', 30, null, null],
    ],
  ],
  [
    'join with NULL equal',
    { type: 'join', how: 'semi', left: 'a', right: 'b', on: ['id'], nullsEqual: true },
    'n',
    [
      [1, 'x', 10],
      [2, 'y', 20],
      [2, 'y2', null],
      [null, 'z', 30],
    ],
  ],
  ['anti join', { type: 'join', how: 'anti', left: 'a', right: 'b', on: ['id'] }, 'n', [[null, 'z', 30]]],
  [
    'full join keeps both keys in one',
    { type: 'join', how: 'full', left: 'empty', right: 'b', on: ['id'] },
    'n',
    [
      [1, null, null, 'one', 'p'],
      [2, null, null, 'TWO', 'r'],
      [2, null, null, 'two', 'q'],
      [null, null, null, 'none', 's'],
    ],
  ],
  [
    'right join',
    { type: 'join', how: 'right', left: 'empty', right: 'wide', on: [{ left: 'name', right: 'k' }] },
    'n',
    [
      [null, null, null, 'a', 'q1', 1, 2],
      [null, null, null, 'a', 'q2', 3, null],
      [null, null, null, 'b', 'q1', 5, 6],
    ],
  ],
  ['cross join with nothing', { type: 'join', how: 'cross', left: 'a', right: 'empty' }, 'n', []],
  [
    'lookup of the first',
    {
      type: 'lookup',
      input: 'a',
      from: 'b',
      on: ['id'],
      columns: ['label'],
      severalMatches: 'first',
      order: [{ column: 'label', direction: 'desc' }],
    },
    'n',
    [
      [1, 'x', 10, 'one'],
      [2, 'y', 20, 'two'],
      [2, 'y2', null, 'two'],
      [null, 'z', 30, null],
    ],
  ],
  [
    'lookup with a default',
    {
      type: 'lookup',
      input: 'a',
      from: 'b',
      on: ['id'],
      columns: [{ from: 'name', to: 'm' }],
      severalMatches: 'first',
      order: ['name'],
      noMatch: 'default',
      defaults: { m: '?' },
    },
    'n',
    [
      [1, 'x', 10, 'p'],
      [2, 'y', 20, 'q'],
      [2, 'y2', null, 'q'],
      [null, 'z', 30, '?'],
    ],
  ],
  [
    'lookup rejects',
    {
      type: 'lookup',
      input: 'a',
      from: 'b',
      on: ['id'],
      columns: ['label'],
      severalMatches: 'reject',
      noMatch: 'reject',
    },
    'n.rejects',
    [
      ['lookup.no_match', 'id', null, 'no row of b has this key', 'a:4', '{"id":null,"name":"z","v":30}'],
      ['lookup.several_matches', 'id', '2', 'several rows of b have this key', 'a:2', '{"id":2,"name":"y","v":20}'],
      ['lookup.several_matches', 'id', '2', 'several rows of b have this key', 'a:3', '{"id":2,"name":"y2","v":null}'],
    ],
  ],
  [
    'union by name fills with NULL',
    { type: 'union', inputs: ['empty', 'b'] },
    'n',
    [
      [1, 'p', null, 'one'],
      [2, 'q', null, 'two'],
      [2, 'r', null, 'TWO'],
      [null, 's', null, 'none'],
    ],
  ],
  [
    'union by position unites types',
    { type: 'union', by: 'position', inputs: ['empty', 'b'] },
    'n',
    [
      [1, 'one', 'p'],
      [2, 'TWO', 'r'],
      [2, 'two', 'q'],
      [null, 'none', 's'],
    ],
  ],
]
