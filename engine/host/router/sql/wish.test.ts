import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Column } from '../../../contract/column.ts'
import type { Duck } from '../../../duck/duck.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { pushedDown } from './pushed.ts'
import { parseStatement } from './statement.ts'

let duck: Duck
beforeAll(async () => {
  duck = await openDuck({ memoryLimitMb: 128, threads: 1, allowedDirectories: [] })
})
afterAll(() => duck[Symbol.asyncDispose]())

const COLUMNS: Column[] = [
  { name: 'id', type: 'BIGINT', sourceType: 'bigint' },
  { name: 'Name', type: 'VARCHAR', sourceType: 'character varying(20)' },
  { name: 'state', type: 'VARCHAR', sourceType: 'mood' },
  { name: 'price', type: 'DECIMAL(9,2)', sourceType: 'numeric(9,2)' },
  { name: 'ratio', type: 'FLOAT', sourceType: 'real' },
  { name: 'cost', type: 'DECIMAL(19,2)', sourceType: 'money' },
  { name: 'day', type: 'DATE', sourceType: 'date' },
  { name: 'at', type: 'TIMESTAMP', sourceType: 'timestamp' },
  { name: 'seen', type: 'TIMESTAMP WITH TIME ZONE', sourceType: 'timestamptz' },
]

/** Columns (`*` for all), conditions and rows that a server would be asked for. */
async function asked(text: string): Promise<string> {
  const { wish } = await parseStatement(duck, text)
  if (wish === undefined) return '* all'
  const { columns, filter } = pushedDown(wish, COLUMNS)
  const conditions = filter.map((one) =>
    'column' in one ? `${one.column} ${one.operator} ${JSON.stringify(one.value)}` : '',
  )
  return `${columns?.join(',') ?? '*'} ${conditions.join(' & ') || 'all'}${wish.limitRows === undefined ? '' : ` ${wish.limitRows}`}`
}

it.each([
  ['everything', 'SELECT * FROM pg.o', '* all'],
  ['the columns that are named', 'SELECT price, upper(name) FROM pg.o ORDER BY id', 'id,Name,price all'],
  ['one column to count', 'SELECT count(*) FROM pg.o', 'id all'],
  ['the first rows', 'SELECT id FROM pg.o LIMIT 10', 'id all 10'],
  ['the first rows after some', 'SELECT * FROM pg.o LIMIT 10 OFFSET 5', '* all 15'],
  ['no limit before an order', 'SELECT id FROM pg.o ORDER BY id LIMIT 10', 'id all'],
  ['no limit before a group', 'SELECT id FROM pg.o GROUP BY id LIMIT 10', 'id all'],
  ['no limit before an aggregate', 'SELECT sum(id) FROM pg.o LIMIT 10', 'id all'],
  ['no limit before a distinct', 'SELECT DISTINCT id FROM pg.o LIMIT 10', 'id all'],
  ['no limit before a condition', 'SELECT id FROM pg.o WHERE price > 1 LIMIT 10', 'id,price price greater "1"'],
  ['no limit that is computed', 'SELECT id FROM pg.o LIMIT (1 + 1)', 'id all'],
  ['no limit in percent', 'SELECT id FROM pg.o LIMIT 10%', 'id all'],
  ['an equal number', 'SELECT id FROM pg.o WHERE id = 5', 'id id equal "5"'],
  ['a turned comparison', 'SELECT id FROM pg.o WHERE -5 < id', 'id id greater "-5"'],
  ['a decimal', 'SELECT id FROM pg.o t WHERE t.price <= 0.05', 'id,price price at_most "0.05"'],
  ['a range', 'SELECT id FROM pg.o WHERE id BETWEEN 1 AND 9', 'id id at_least "1" & id at_most "9"'],
  ['a list', "SELECT id FROM pg.o WHERE NAME IN ('a', 'b''c')", 'id,Name Name in ["a","b\'c"]'],
  [
    'days',
    `SELECT id FROM pg.o WHERE day >= DATE '2026-01-01' AND "at" < '2026-02-01'`,
    'id,day,at day at_least "2026-01-01" & at less "2026-02-01"',
  ],
  [
    'NULL',
    'SELECT id FROM pg.o WHERE state IS NULL AND name IS NOT NULL',
    'id,Name,state state is_null undefined & Name is_not_null undefined',
  ],
  ['what it can of several', 'SELECT id FROM pg.o WHERE id > 1 AND length(name) = 3', 'id,Name id greater "1"'],
  ['nothing of alternatives', 'SELECT id FROM pg.o WHERE id = 1 OR id = 2', 'id all'],
  ['nothing of a negation', 'SELECT id FROM pg.o WHERE NOT (id = 1)', 'id all'],
  ['no order of texts', "SELECT id FROM pg.o WHERE name > 'a'", 'id,Name all'],
  ['no type of the system', "SELECT id FROM pg.o WHERE state = 'happy' AND cost > 3", 'id,state,cost all'],
  ['no binary fraction', 'SELECT id FROM pg.o WHERE ratio = 0.1', 'id,ratio all'],
  ['no instant', "SELECT id FROM pg.o WHERE seen > '2026-01-01'", 'id,seen all'],
  ['no other form of a day', "SELECT id FROM pg.o WHERE day > '2026-1-1'", 'id,day all'],
  ['no number beyond 2^53', 'SELECT id FROM pg.o WHERE id = 9007199254740993', 'id all'],
  ['no field of a column', 'SELECT id FROM pg.o WHERE name.id = 5', 'id,Name all'],
  ['no column of another name', 'SELECT x FROM pg.o AS t(x, y) WHERE y = 1', '* all'],
  ['the whole of joined tables', 'SELECT a.id FROM pg.o a JOIN pg.p b USING (id) WHERE a.id = 1', '* all'],
  [
    'the whole of a table that is named twice',
    'SELECT id FROM pg.o WHERE id = 1 UNION ALL SELECT id FROM pg.o',
    '* all',
  ],
  ['the whole inside of a subquery', 'SELECT * FROM (SELECT id FROM pg.o WHERE id = 1)', '* all'],
  [
    'the whole behind a common table',
    'WITH c AS (SELECT 1 AS id) SELECT id FROM pg.o WHERE id IN (SELECT id FROM c)',
    '* all',
  ],
  [
    'columns of a condition with a subquery',
    'SELECT id FROM pg.o WHERE price > (SELECT 1) AND id = 2',
    'id,price id equal "2"',
  ],
  ['columns by place', 'SELECT #2 FROM pg.o', '* all'],
])('asks for %s', async (_case, text, expected) => {
  expect(await asked(text)).toBe(expected)
})
