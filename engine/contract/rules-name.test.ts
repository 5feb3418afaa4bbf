import { expect, it } from 'vitest'
import { rulesName } from './rules-name.ts'

it.each([
  ['files:orders.csv', 'files-orders-csv'],
  [' erp:public."Order Lines" ', 'erp-public-Order-Lines'],
  ['库:订单.表', '库-订单-表'],
  ['orders', undefined],
  ['erp:', undefined],
  ['a:..', 'a'],
])('rules of %s are called %s', (dataset, name) => {
  expect(rulesName(dataset)).toBe(name)
})
