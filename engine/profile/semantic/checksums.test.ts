import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditCodeCheck, idCardCheck, luhnDigit, mod97, passesLuhn } from './checksums.ts'

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''))

function changed(text: string, at: number, by: number): string {
  return text.slice(0, at) + String((Number(text[at]) + by) % 10) + text.slice(at + 1)
}

describe('a changed digit is refused by', () => {
  const change = [fc.integer({ min: 0, max: 14 }), fc.integer({ min: 1, max: 9 })] as const

  it('Luhn', () => {
    fc.assert(
      fc.property(digits(15), ...change, (body, at, by) => {
        const check = luhnDigit(body)
        expect(passesLuhn(body + check)).toBe(true)
        expect(passesLuhn(changed(body, at, by) + check)).toBe(false)
      }),
    )
  })

  it('the ID card check', () => {
    fc.assert(
      fc.property(digits(17), ...change, (body, at, by) => {
        expect(idCardCheck(changed(body, at, by))).not.toBe(idCardCheck(body))
      }),
    )
  })

  it('the credit code check', () => {
    fc.assert(
      fc.property(digits(17), ...change, (body, at, by) => {
        expect(creditCodeCheck(changed(body, at, by))).not.toBe(creditCodeCheck(body))
      }),
    )
  })

  it('MOD 97', () => {
    fc.assert(
      fc.property(digits(18), ...change, (body, at, by) => {
        expect(mod97(changed(body, at, by))).not.toBe(mod97(body))
      }),
    )
  })
})

it('MOD 97 agrees with arithmetic of any size', () => {
  fc.assert(fc.property(digits(30), (text) => BigInt(mod97(text)) === BigInt(text) % 97n))
})
