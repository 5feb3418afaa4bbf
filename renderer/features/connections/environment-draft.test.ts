import { describe, expect, it } from 'vitest'
import {
  changedEnvironments,
  environmentDraft,
  formIn,
  hasOwnSecret,
  isChanged,
  ownValues,
  withOwn,
  withOwnSecret,
} from './environment-draft.ts'

const title = { en: '', zh: '' }
const KIND = { secrets: [{ name: 'password', title, description: title, required: true }] }
const prod = environmentDraft({
  environment: 'prod',
  settings: { host: 'prod-db', password: '${secret:prod}' },
  secrets: { password: true },
})
const COMMON = {
  document: { kind: 'postgresql', settings: { host: 'db', port: 1, password: '${secret:common}' } },
  secrets: {},
}

describe('the values of an environment', () => {
  it.each([
    ['as they were', prod, false],
    ['another value', withOwn(prod, 'host', 'other'), true],
    ['one more', withOwn(prod, 'port', 2), true],
    ['one less', withOwn(prod, 'host', undefined), true],
    ['typed back', withOwn(withOwn(prod, 'host', 'x'), 'host', 'prod-db'), false],
    ['begun and left empty', withOwn(prod, 'port', null), false],
    ['a typed secret', withOwnSecret(prod, 'password', 'x'), true],
    ['a secret begun and not typed', withOwnSecret(prod, 'password', ''), false],
    ['a secret taken away', withOwnSecret(prod, 'password', null), true],
    ['of an environment that is not there', environmentDraft(undefined), false],
  ])('%s: edited or not', (_case, draft, expected) => {
    expect(isChanged(draft)).toBe(expected)
  })

  it('are not said when they are emptied, unless the file says so', () => {
    const draft = { settings: { a: '', b: null, c: null, d: 0 }, expected: { c: null }, secrets: {} }
    expect(ownValues(draft)).toEqual({ c: null, d: 0 })
  })

  it('are saved of the environments that were changed', () => {
    const drafts = { prod, test: withOwn(environmentDraft(undefined), 'host', 'test-db') }
    expect(changedEnvironments(drafts)).toEqual({ test: { settings: { host: 'test-db' }, expected: {}, secrets: {} } })
  })

  it.each([
    ['kept', prod, true],
    ['typed', withOwnSecret(environmentDraft(undefined), 'password', 'x'), true],
    ['taken away', withOwnSecret(prod, 'password', null), false],
    ['none', environmentDraft(undefined), false],
  ])('have a secret of their own: %s', (_case, draft, expected) => {
    expect(hasOwnSecret(draft, 'password')).toBe(expected)
  })
})

describe('what the self-test tries', () => {
  const settings = COMMON.document.settings
  it.each([
    ['nothing of its own', environmentDraft(undefined), {}, settings, {}],
    ['its values over the common ones', prod, {}, { ...settings, host: 'prod-db', password: '${secret:prod}' }, {}],
    [
      'its kept secret, whatever was typed for all',
      prod,
      { password: 'all' },
      { ...settings, host: 'prod-db', password: '${secret:prod}' },
      {},
    ],
    [
      'its typed secret',
      withOwnSecret(prod, 'password', 'p'),
      { password: 'all' },
      { ...settings, host: 'prod-db', password: '${secret:prod}' },
      { password: 'p' },
    ],
    ['the common secret again', withOwnSecret(prod, 'password', null), {}, { ...settings, host: 'prod-db' }, {}],
    [
      'the secret typed for all',
      withOwnSecret(prod, 'password', null),
      { password: 'all' },
      { ...settings, host: 'prod-db' },
      { password: 'all' },
    ],
  ])('%s', (_case, draft, secrets, expected, given) => {
    const form = formIn({ ...COMMON, secrets }, draft, KIND)
    expect([form.document.settings, form.secrets]).toEqual([expected, given])
  })
})
