import { describe, expect, it } from 'vitest'
import { freeName, missingSecrets, nameProblem, secretsFor } from './connection-draft.ts'

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

describe('secrets that play a part', () => {
  const title = { en: '', zh: '' }
  const secret = { title, description: title, required: false }
  const secrets = [
    { ...secret, name: 'always' },
    { ...secret, name: 'key', onlyFor: { setting: 'place', kinds: ['sftp'] } },
  ]
  it.each([
    ['without the setting', { folder: 'in' }, ['always']],
    ['another kind', { place: { kind: 's3' } }, ['always']],
    ['its kind', { place: { kind: 'sftp' } }, ['always', 'key']],
    ['no object', { place: 'sftp' }, ['always']],
  ])('%s', (_case, settings, names) => {
    expect(secretsFor({ secrets }, settings).map(({ name }) => name)).toEqual(names)
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
