import { expect, it } from 'vitest'
import { joined } from './joined.ts'

it.each([
  [undefined, 'a', undefined],
  ['/home/me', '', '/home/me'],
  ['/home/me', ' shop ', '/home/me/shop'],
  ['/', 'shop', '/shop'],
  ['C:\\Users\\me', 'shop', 'C:\\Users\\me\\shop'],
])('%j and a new folder %j are %j', (directory, name, expected) => {
  expect(joined(directory, name)).toBe(expected)
})
