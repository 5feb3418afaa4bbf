import { expect, it } from 'vitest'
import { settingsSchema } from './settings-schema.ts'

const text = { type: 'string' }

it.each([
  [
    'one form',
    { type: 'object', properties: { type: text, where: text }, required: ['type', 'where'] },
    { type: 'object', properties: { where: text }, required: ['where'] },
  ],
  [
    'several forms',
    { oneOf: [{ properties: { type: text, a: text } }, { properties: { type: text, b: text } }] },
    { type: 'object', properties: { a: text, b: text }, required: [] },
  ],
  ['none', {}, { type: 'object', properties: {}, required: [] }],
])('the settings of a kind with %s', (_case, schema, expected) => {
  expect(settingsSchema(schema)).toEqual(expected)
})
