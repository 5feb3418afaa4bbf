import { expect, it } from 'vitest'
import { restore } from './stored-preferences.ts'

it.each([
  ['nothing stored', null, 'zh-CN', { language: 'zh', theme: 'system' }],
  ['another system', null, 'fr', { language: 'en', theme: 'system' }],
  ['a choice', '{"language":"en","theme":"dark"}', 'zh-CN', { language: 'en', theme: 'dark' }],
  ['no JSON', '{', 'zh', { language: 'zh', theme: 'system' }],
  ['no object', '[1]', 'zh', { language: 'zh', density: 'compact' }],
  [
    'parts that make no sense',
    '{"language":"la","theme":7,"density":"comfortable","keys":{"a":"mod+a","b":1}}',
    'en',
    { language: 'en', theme: 'system', density: 'comfortable', keys: { a: 'mod+a' } },
  ],
])('%s', (_case, stored, system, expected) => {
  expect(restore(stored, system)).toMatchObject(expected)
})
