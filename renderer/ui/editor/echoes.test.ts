import { expect, it } from 'vitest'
import { echoes } from './echoes.ts'

it('knows values that come back late, and some of them never', () => {
  const { tell, isEcho } = echoes()
  for (const value of ['S', 'SE', 'SEL']) tell(value)
  expect(isEcho('SE')).toBe(true)
  tell('SELE')
  expect(isEcho('SELE')).toBe(true)
  expect(isEcho('SELE')).toBe(true)
})

it('lets the owner set what it wants', () => {
  const { tell, isEcho } = echoes()
  tell('a')
  expect(isEcho('something else')).toBe(false)
  expect(isEcho('a')).toBe(false)
})

it('lets the owner set an old value again', () => {
  const { tell, isEcho } = echoes()
  tell('a')
  tell('ab')
  expect(isEcho('ab')).toBe(true)
  expect(isEcho('a')).toBe(false)
})

it('forgets the oldest of very many', () => {
  const { tell, isEcho } = echoes()
  for (let value = 0; value < 1_000; value++) tell(String(value))
  expect(isEcho('1')).toBe(false)
})
