import { expect, it } from 'vitest'
import { ruleOfFinding } from './rule-of-finding.ts'

const evidence = { violations: 1, rows: 10 }

it.each([
  ['not_null', { check: 'not_null', column: 'a', parameters: {} }, { check: 'not_null', column: 'a' }],
  ['unique', { check: 'unique', column: 'a', parameters: { columns: ['a'] } }, { check: 'unique', columns: ['a'] }],
  [
    'functional_dependency',
    { check: 'functional_dependency', column: 'city', parameters: { by: ['zip'] } },
    { check: 'functional_dependency', column: 'city', by: ['zip'] },
  ],
  [
    'semantic',
    { check: 'semantic', column: 'mail', parameters: { type: 'email' } },
    { check: 'semantic', column: 'mail', type: 'email' },
  ],
])('%s is written as a file of rules has it', (_check, rule, written) => {
  expect(ruleOfFinding({ rule: { ...rule, evidence } })).toEqual({ ...written, severity: 'error' })
})

it.each([
  ['what no rule checks', { check: 'looks_nice', column: 'a', parameters: {}, evidence }],
  ['nothing', undefined],
])('%s is none', (_case, rule) => {
  expect(ruleOfFinding({ rule })).toBeUndefined()
})
