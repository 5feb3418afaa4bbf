import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { Arrangement } from '../../../contract/cursor.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { sql } from '../../../sql/sql.ts'
import { type MysqlSite, mysqlRequest, openMysqlSite } from '../../../testing/mysql/mysql-site.ts'
import { materialise } from '../../api/materialise.ts'
import { mysql } from '../connector.ts'

const server = inject('mariadb')
let site: MysqlSite

beforeAll(async () => {
  site = await openMysqlSite(server)
  await site.run(sql`CREATE TABLE goods (id BIGINT PRIMARY KEY, name VARCHAR(80), price DECIMAL(20,2))`)
  await site.run(
    sql`INSERT INTO goods VALUES (1, 'Tea', 1.5), (2, NULL, 2), (3, '', 3), (4, 'green tea', NULL), (9007199254740993, 'it''s \\\\ 100%', 12345678901234567.25)`,
  )
})
afterAll(() => site[Symbol.asyncDispose]())

async function ids(arrangement: Arrangement): Promise<unknown[]> {
  await using duck = await openDuck()
  await using session = await mysql.open(mysqlRequest(server, { database: site.database }))
  await using reading = await session.read({ dataset: 'goods', options: {}, duck, limitRows: 10, arrangement })
  const { relation } = await materialise(duck, reading, 'goods')
  return (await duck.rows(sql`SELECT id FROM ${relation}`)).rows.map(([id]) => id)
}

const BIG = '9007199254740993'

it.each([
  [{ sort: [{ column: 'price', direction: 'ascending' }] }, ['1', '2', '3', BIG, '4']],
  [{ sort: [{ column: 'price', direction: 'descending' }] }, [BIG, '3', '2', '1', '4']],
  [{ filter: [{ column: 'id', operator: 'equal', value: BIG }] }, [BIG]],
  [{ filter: [{ column: 'id', operator: 'equal', value: '9007199254740992' }] }, []],
  [{ filter: [{ column: 'price', operator: 'equal', value: '12345678901234567.25' }] }, [BIG]],
  [{ filter: [{ column: 'id', operator: 'less', value: 'x' }] }, []],
  [{ filter: [{ column: 'name', operator: 'contains', value: 'TEA' }] }, ['1', '4']],
  [{ filter: [{ column: 'name', operator: 'contains', value: '%' }] }, [BIG]],
  [{ filter: [{ column: 'name', operator: 'contains', value: '\\' }] }, [BIG]],
  [{ filter: [{ column: 'name', operator: 'starts_with', value: "IT'S" }] }, [BIG]],
  [{ filter: [{ column: 'name', operator: 'ends_with', value: 'tea' }] }, ['1', '4']],
  [{ filter: [{ column: 'name', operator: 'matches', value: '^g.*a$' }] }, ['4']],
  [{ filter: [{ column: 'name', operator: 'not_contains', value: 'tea' }] }, ['2', '3', BIG]],
  [{ filter: [{ column: 'name', operator: 'not_equal', value: 'Tea' }] }, ['2', '3', '4', BIG]],
  [{ filter: [{ column: 'name', operator: 'is_null' }] }, ['2']],
  [{ filter: [{ column: 'name', operator: 'is_empty' }] }, ['3']],
  [{ filter: [{ column: 'id', operator: 'in', value: ['1', 4, 'y'] }] }, ['1', '4']],
] satisfies [Arrangement, string[]][])('has the server arrange %j', async (arrangement: Arrangement, expected) => {
  const found = await ids(arrangement)
  expect(arrangement.sort === undefined ? found.map(String).toSorted((a, b) => (a < b ? -1 : 1)) : found).toEqual(
    expected,
  )
})
