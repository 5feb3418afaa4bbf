import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../base/name-words.ts'
import { standardFileSchema } from '../../contract/standard-file.ts'
import { checkName } from './check-name.ts'
import { isInCase, nameInCase } from './name-case.ts'

const CASES = ['snake', 'upper_snake', 'camel', 'pascal', 'kebab'] as const

function naming(rules: unknown) {
  const { naming: parsed } = standardFileSchema.parse({ version: 1, naming: rules })
  if (parsed === undefined) throw new Error('no naming')
  return parsed
}

describe('a name in a case', () => {
  it.each([
    ['customer_id', 'snake', true],
    ['customer__id', 'snake', false],
    ['CustomerId', 'snake', false],
    ['客户_id', 'snake', true],
    ['CUSTOMER_ID', 'upper_snake', true],
    ['customerId', 'camel', true],
    ['CustomerId', 'camel', false],
    ['CustomerId', 'pascal', true],
    ['customer-id', 'kebab', true],
    ['1st', 'snake', false],
  ] as const)('%s in %s: %s', (name, wanted, is) => {
    expect(isInCase(name, wanted)).toBe(is)
  })

  it('is what its words are put into, and its words come back', () => {
    const word = fc.stringMatching(/^[a-z]{2,6}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), fc.constantFrom(...CASES), (words, wanted) => {
        const name = nameInCase(words, wanted)
        expect(isInCase(name, wanted)).toBe(true)
        expect(wordsOf(name)).toEqual(words)
      }),
    )
  })
})

describe('a name by rules', () => {
  it.each<[string, unknown, string, string[], string | undefined]>([
    ['that it keeps', { case: 'snake', maxLength: 30 }, 'order_no', [], undefined],
    ['of case', { case: 'snake' }, 'OrderNo', ['case'], 'order_no'],
    [
      'of short forms',
      { case: 'snake', abbreviations: { number: 'no' } },
      'order_number',
      ['abbreviation'],
      'order_no',
    ],
    [
      'of case and short forms',
      { case: 'camel', abbreviations: { number: 'no', customer: 'cust' } },
      'CUSTOMER_NUMBER',
      ['case', 'abbreviation', 'abbreviation'],
      'custNo',
    ],
    ['of words', { words: ['order', 'id'] }, 'order_key', ['word'], undefined],
    [
      'of words, where short forms are words',
      { words: ['order'], abbreviations: { number: 'no' } },
      'order_no',
      [],
      undefined,
    ],
    [
      'of a pattern that the same words keep',
      { pattern: '[a-z_]+', case: 'snake' },
      'Order',
      ['case', 'pattern'],
      'order',
    ],
    ['of a pattern that they do not', { pattern: 'f_.*' }, 'order', ['pattern'], undefined],
    ['of length', { maxLength: 4 }, 'order', ['name_length'], undefined],
    ['of length in characters', { maxLength: 2 }, '𠮷字', [], undefined],
  ])('%s', (_title, rules, name, kinds, better) => {
    const checked = checkName(name, naming(rules))
    expect(checked.deviations.map(({ kind }) => kind)).toEqual(kinds)
    expect(checked.better).toBe(better)
  })

  it('is kept by every better name that is offered', () => {
    const rules = naming({ case: 'snake', abbreviations: { number: 'no', amount: 'amt' }, maxLength: 20 })
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z_ -]{1,25}(number|Amount)?$/), (name) => {
        const { better } = checkName(name, rules)
        expect(better === undefined ? [] : checkName(better, rules).deviations).toEqual([])
      }),
    )
  })
})
