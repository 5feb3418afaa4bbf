import { expect, it } from 'vitest'
import { draftFrom, draftTextOf } from './draft-text.ts'

const document = { kind: 'postgresql', settings: { host: 'db', port: 5432 } }

it('keeps the form as it is typed, with a name that is none yet', () => {
  const draft = { name: 'not a name!', document, secrets: {} }
  expect(draftFrom(draftTextOf(draft))).toEqual(draft)
})

it('never keeps a secret', () => {
  const text = draftTextOf({ name: 'erp', document, secrets: { password: 'hunter2', token: null } })
  expect(text).not.toMatch(/hunter2|password|secrets/)
  expect(draftFrom(text)?.secrets).toEqual({})
})

it.each(['', 'version: 1', '{}', '{"name":1}', '[]'])('takes nothing else for a draft: %s', (text) => {
  expect(draftFrom(text)).toBeUndefined()
})
