import { expect, it } from 'vitest'
import { nameInSql } from './name-in-sql.ts'

it.each([
  ['order_id', 'order_id'],
  ['order', '"order"'],
  ['Order_Id', '"Order_Id"'],
  ['a"b', '"a""b"'],
  ['金额', '"金额"'],
  ['', '""'],
])('writes %j as %s', (name, sql) => {
  expect(nameInSql(name)).toBe(sql)
})
