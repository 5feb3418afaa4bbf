import { expect, it } from 'vitest'
import type { Field } from '../../ui/forms/field-tree.ts'
import { settingText } from './setting-text.ts'

const CHOICE = { kind: 'choice', choices: [{ value: 'require', title: 'Required' }] } as const
const TEXT = { kind: 'text', isLong: false } as const

it.each<[string, Field['shape'], unknown, unknown, string | undefined]>([
  ['text', TEXT, undefined, 'db', 'db'],
  ['nothing', TEXT, undefined, undefined, undefined],
  ['an emptied one', TEXT, undefined, '', undefined],
  ['what holds by itself', TEXT, 5432, undefined, '5432'],
  ['zero', { kind: 'number', isInteger: true }, 1, 0, '0'],
  ['off', { kind: 'switch' }, true, false, 'off'],
  ['on by itself', { kind: 'switch' }, true, undefined, 'on'],
  ['a choice by its title', CHOICE, undefined, 'require', 'Required'],
  ['a choice that nobody knows', CHOICE, undefined, 'other', 'other'],
  ['several values', { kind: 'json' }, undefined, ['a', 1], '["a",1]'],
])('%s', (_case, shape, defaultValue, value, expected) => {
  expect(settingText({ shape, defaultValue }, value, (isOn) => (isOn ? 'on' : 'off'))).toBe(expected)
})
