import { expect, it } from 'vitest'
import { fromOf, titleOf } from './dataset-params.ts'

it.each([
  ['a dataset', { dataset: 'shop:public.orders' }, 'public.orders', { dataset: 'shop:public.orders' }],
  ['a dataset with a colon', { dataset: 'shop:a:b' }, 'a:b', { dataset: 'shop:a:b' }],
  ['a file', { file: '/data/订单.csv' }, '订单.csv', { file: '/data/订单.csv' }],
  ['a file of Windows', { file: 'C:\\data\\a.csv' }, 'a.csv', { file: 'C:\\data\\a.csv' }],
  ['nothing', {}, '', undefined],
])('names %s', (_case, params, title, from) => {
  expect(titleOf(params)).toBe(title)
  expect(fromOf(params)).toEqual(from)
})
