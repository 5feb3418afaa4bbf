import { expect, it } from 'vitest'
import { draftFrom, draftTextOf } from './draft-text.ts'

const document = { kind: 'postgresql', settings: { host: 'db', port: 5432 } }

it('keeps the form as it is typed, with a name that is none yet', () => {
  const prod = { settings: { host: 'prod' }, expected: {}, secrets: {} }
  const draft = { name: 'not a name!', document, secrets: {}, environments: { prod } }
  expect(draftFrom(draftTextOf(draft))).toEqual(draft)
})

it('never keeps a secret', () => {
  const prod = { settings: {}, expected: {}, secrets: { password: 'hunter2' } }
  const text = draftTextOf({
    name: 'erp',
    document,
    secrets: { password: 'hunter2', token: null },
    environments: { prod },
  })
  expect(text).not.toMatch(/hunter2|password|secrets/)
  expect(draftFrom(text)?.secrets).toEqual({})
})

it.each(['', 'version: 1', '{}', '{"name":1}', '[]'])('takes nothing else for a draft: %s', (text) => {
  expect(draftFrom(text)).toBeUndefined()
})

it('knows a draft of before there were environments', () => {
  expect(draftFrom(JSON.stringify({ name: 'erp', document }))?.environments).toEqual({})
})
