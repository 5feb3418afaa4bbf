import type { NodeCase } from './node-case.ts'

/** What comes out of nodes that shape, check and summarise rows. */
export const RESULTS_SHAPING: readonly NodeCase<unknown[][]>[] = [
  [
    'aggregate: NULL is a group',
    {
      type: 'aggregate',
      input: 'a',
      by: ['id'],
      values: [
        { to: 'n', fn: 'count' },
        { to: 'l', fn: 'string_agg', of: 'name', order: ['name'], separator: '|' },
        { to: 's', fn: 'sum', of: 'v' },
      ],
    },
    'n',
    [
      [1, '1', 'x', '10'],
      [2, '2', 'y|y2', '20'],
      [null, '1', 'z', '30'],
    ],
  ],
  [
    'aggregate of nothing',
    {
      type: 'aggregate',
      input: 'empty',
      values: [
        { to: 'n', fn: 'count' },
        { to: 's', fn: 'sum', of: 'v' },
      ],
    },
    'n',
    [['0', null]],
  ],
  ['groups of nothing', { type: 'aggregate', input: 'empty', by: ['id'], values: [{ to: 'n', fn: 'count' }] }, 'n', []],
  [
    'group by an expression named like a column',
    { type: 'aggregate', input: 'a', by: [{ to: 'name', expr: 'upper(name)[1]' }], values: [{ to: 'n', fn: 'count' }] },
    'n',
    [
      ['X', '1'],
      ['Y', '2'],
      ['Z', '1'],
    ],
  ],
  [
    'dedupe: NULL equals NULL',
    { type: 'dedupe', input: 'a', keys: ['id'], order: [{ column: 'name', direction: 'desc' }] },
    'n',
    [
      [1, 'x', 10],
      [2, 'y2', null],
      [null, 'z', 30],
    ],
  ],
  [
    'limit in order',
    { type: 'limit', input: 'a', rows: 2, offset: 1, order: ['id', 'name'] },
    'n',
    [
      [2, 'y', 20],
      [2, 'y2', null],
    ],
  ],
  [
    'window',
    {
      type: 'window',
      input: 'a',
      columns: [
        { to: 'at', fn: 'row_number', partition: ['id'], order: ['name'] },
        { to: 'before', fn: 'lag', of: 'v', default: 0, order: ['name'] },
      ],
    },
    'n',
    [
      [1, 'x', 10, '1', 0],
      [2, 'y', 20, '1', 10],
      [2, 'y2', null, '2', 20],
      [null, 'z', 30, '1', null],
    ],
  ],
  [
    'pivot',
    { type: 'pivot', input: 'wide', rows: ['k'], column: 'q', values: ['q1', { value: 'q2', to: 'second' }], of: 'v' },
    'n',
    [
      ['a', '1', '3'],
      ['b', '5', null],
    ],
  ],
  [
    'unpivot',
    { type: 'unpivot', input: 'wide', columns: ['v', 'u'] },
    'n',
    [
      ['a', 'q1', 'u', 2],
      ['a', 'q1', 'v', 1],
      ['a', 'q2', 'v', 3],
      ['b', 'q1', 'u', 6],
      ['b', 'q1', 'v', 5],
    ],
  ],
  [
    'unpivot of numbers and texts',
    { type: 'unpivot', input: 'a', columns: ['name', 'v'] },
    'n',
    [
      [1, 'name', 'x'],
      [1, 'v', '10'],
      [2, 'name', 'y'],
      [2, 'name', 'y2'],
      [2, 'v', '20'],
      [null, 'name', 'z'],
      [null, 'v', '30'],
    ],
  ],
  [
    'split: NULL holds nowhere',
    { type: 'split', input: 'a', cases: [{ to: 'big', where: 'v > 15' }] },
    'n.else',
    [
      [1, 'x', 10],
      [2, 'y2', null],
    ],
  ],
  [
    'explode',
    { type: 'explode', input: 'nested', column: 'list', to: 'item', ordinality: 'at' },
    'n',
    [
      [1, 1, '1', '[{"k":1},2]'],
      [1, 2, '2', '[{"k":1},2]'],
    ],
  ],
  [
    'explode keeping empty',
    { type: 'explode', input: 'nested', column: 'js', keepEmpty: true },
    'n',
    [
      [1, [1, 2], '2'],
      [1, [1, 2], '{"k":1}'],
      [2, [], null],
      [3, null, null],
    ],
  ],
  [
    'flatten',
    { type: 'flatten', input: 'struct' },
    'n',
    [
      [1, 1, 'x', [1]],
      [2, null, null, null],
    ],
  ],
  [
    'convert_code: NULL stays, others are refused',
    { type: 'convert_code', input: 'a', column: 'v', to: 'code', codes: { 10: 'A', 20: 'B' } },
    'n',
    [
      [1, 'x', 10, 'A'],
      [2, 'y', 20, 'B'],
      [2, 'y2', null, null],
    ],
  ],
  [
    'convert_code: what is refused says why',
    { type: 'convert_code', input: 'a', column: 'name', codes: { x: '1', y: '2', y2: '2' }, list: 'letters' },
    'n.rejects',
    [['code.letters', 'name', 'z', 'name has no code for this value', 'a:4', '{"id":null,"name":"z","v":30}']],
  ],
  [
    'convert_code in its place, others kept',
    { type: 'convert_code', input: 'a', column: 'name', codes: { x: '1' }, unmatched: 'keep' },
    'n',
    [
      [1, '1', 10],
      [2, 'y', 20],
      [2, 'y2', null],
      [null, 'z', 30],
    ],
  ],
  [
    'convert_code to NULL',
    { type: 'convert_code', input: 'a', column: 'name', codes: { x: '1' }, unmatched: 'null' },
    'n',
    [
      [1, '1', 10],
      [2, null, 20],
      [2, null, null],
      [null, null, 30],
    ],
  ],
  ['convert_code of nothing', { type: 'convert_code', input: 'empty', column: 'name', codes: { x: '1' } }, 'n', []],
  [
    'parse',
    {
      type: 'parse',
      input: 'texts',
      fields: [
        { column: 'num', type: 'DECIMAL(18,2)', decimal: ',', thousands: '.' },
        { column: 'day', type: 'DATE', formats: ['%d.%m.%Y'] },
        { column: 'doc', type: 'STRUCT(a INTEGER)' },
      ],
    },
    'n',
    [
      [1, '1234.50', '2024-12-31', ' ', { a: 1 }],
      [3, null, null, '1.5', null],
    ],
  ],
  [
    'parse does not round',
    { type: 'parse', input: 'texts', fields: [{ column: 'int', type: 'INTEGER' }] },
    'n.rejects',
    [
      [
        'type.INTEGER',
        'int',
        '1.5',
        'int cannot be read as INTEGER',
        null,
        '{"id":3,"num":null,"day":null,"int":"1.5","doc":null}',
      ],
    ],
  ],
  [
    'parse refuses a wrong member',
    { type: 'parse', input: 'texts', fields: [{ column: 'doc', type: 'STRUCT(a INTEGER)' }] },
    'n',
    [
      [1, '1.234,50', '31.12.2024', ' ', { a: 1 }],
      [3, null, null, '1.5', null],
    ],
  ],
  [
    'validate: each row once',
    {
      type: 'validate',
      input: 'a',
      rules: [
        { column: 'v', check: 'range', min: 15 },
        { column: 'id', check: 'not_null' },
        { column: 'name', check: 'length', max: 1 },
        { column: 'name', check: 'regex', pattern: '[a-z]' },
      ],
    },
    'n.rejects',
    [
      ['id.not_null', 'id', null, 'id is NULL', 'a:4', '{"id":null,"name":"z","v":30}'],
      [
        'name.length',
        'name',
        'y2',
        'name has a length outside at most 1; name does not match [a-z]',
        'a:3',
        '{"id":2,"name":"y2","v":null}',
      ],
      ['v.range', 'v', '10', 'v is outside at least 15', 'a:1', '{"id":1,"name":"x","v":10}'],
    ],
  ],
  [
    'validate by form, and by what decides',
    {
      type: 'validate',
      input: 'a',
      rules: [
        { column: 'name', check: 'pattern', pattern: 'a' },
        { column: 'v', check: 'functional_dependency', by: ['id'] },
        { column: 'name', check: 'functional_dependency', by: ['id'], severity: 'warning' },
      ],
    },
    'n.valid',
    [
      [1, 'x', 10],
      [2, 'y', 20],
      [null, 'z', 30],
    ],
  ],
  [
    'validate unique refuses all of them',
    { type: 'validate', input: 'a', rules: [{ check: 'unique', columns: ['id'] }] },
    'n.valid',
    [
      [1, 'x', 10],
      [null, 'z', 30],
    ],
  ],
  [
    'compare: what changed',
    { type: 'compare', old: 'a', new: 'later', keys: ['name'] },
    'n.changed',
    [
      ['x', 1, 1, 10, 11, ['v']],
      ['y2', 2, 2, null, 5, ['v']],
    ],
  ],
  [
    'compare: what is the same, NULL too',
    { type: 'compare', old: 'a', new: 'later', keys: ['name'] },
    'n.same',
    [[null, 'z', 30]],
  ],
  ['compare: what is new', { type: 'compare', old: 'a', new: 'later', keys: ['name'] }, 'n.new', [[9, 'n', 1]]],
  ['compare: what is gone', { type: 'compare', old: 'a', new: 'later', keys: ['name'] }, 'n.deleted', [[2, 'y', 20]]],
  [
    'map takes over columns crosswise',
    {
      type: 'map',
      input: 'b',
      fields: [
        { to: 'label', from: 'name' },
        { to: 'name', from: 'label' },
      ],
    },
    'n',
    [
      ['p', 'one'],
      ['q', 'two'],
      ['r', 'TWO'],
      ['s', 'none'],
    ],
  ],
]
