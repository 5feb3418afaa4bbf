import { expect, it } from 'vitest'
import { isFound, movedPlace } from './list-keys.ts'

it.each([
  ['ArrowUp', 0, 5, 0],
  ['ArrowDown', 0, 5, 1],
  ['ArrowDown', 4, 5, 4],
  ['PageDown', 1, 30, 11],
  ['PageUp', 4, 30, 0],
  ['Home', 4, 5, 0],
  ['End', 0, 5, 4],
  ['a', 0, 5, undefined],
  ['ArrowDown', 0, 0, undefined],
])('%s from %i of %i', (key, place, count, expected) => {
  expect(movedPlace(key, place, count, 10)).toBe(expected)
})

it.each([
  ['Order_ID', 'id', true],
  ['order_id', 'id order', true],
  ['订单号', '订单', true],
  ['name', 'id', false],
  ['name', '', true],
])('%s is found by %j: %j', (name, search, expected) => {
  expect(isFound(name, search)).toBe(expected)
})
