import { describe, expect, it } from 'vitest'
import { freeName, missingSecrets, nameProblem } from './connection-draft.ts'

describe('a name', () => {
  it.each([
    ['erp', [], undefined],
    ['客户', [], undefined],
    ['', [], 'name.required'],
    ['a b', [], 'name.invalid'],
    ['../x', [], 'name.invalid'],
    ['a:b', [], 'name.invalid'],
    ['erp', ['erp'], 'name.taken'],
  ])('%j among %j', (name, taken, expected) => {
    expect(nameProblem(name, taken)).toBe(expected)
  })

  it.each([
    [[], 'text'],
    [['text'], 'text-2'],
    [['text', 'text-2'], 'text-3'],
  ])('that is free among %j', (taken, expected) => {
    expect(freeName('text', taken)).toBe(expected)
  })
})

describe('secrets that are missing', () => {
  const title = { en: '', zh: '' }
  const kind = {
    secrets: [
      { name: 'password', title, description: title, required: true },
      { name: 'key', title, description: title, required: false },
    ],
  }
  it.each<[string, Record<string, boolean>, Record<string, string | null>, string[]]>([
    ['none given', {}, {}, ['password']],
    ['kept', { password: true }, {}, []],
    ['typed', {}, { password: 'x' }, []],
    ['kept and taken away', { password: true }, { password: null }, ['password']],
  ])('%s', (_case, kept, typed, expected) => {
    expect(missingSecrets(kind, kept, typed)).toEqual(expected)
  })
})
