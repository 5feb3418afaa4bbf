import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idCardCheck, luhnDigit } from '../../profile/semantic/checksums.ts'
import { bankCard } from '../../profile/semantic/types/bank-card.ts'
import { cnIdCard } from '../../profile/semantic/types/cn-id-card.ts'
import { cnMobile } from '../../profile/semantic/types/cn-mobile.ts'
import { maskNumber } from './format-preserving.ts'

const key = Buffer.alloc(32, 7)
const other = Buffer.alloc(32, 8)

describe('a number of the same form', () => {
  it('is a mobile number with its prefix', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), (value) => {
        const masked = maskNumber(key, 'phone', value) ?? ''
        expect(cnMobile.matches(masked)).toBe(true)
        expect(masked.slice(0, 3)).toBe(value.slice(0, 3))
      }),
    )
  })

  it('is a bank card of the same issuer with a valid check digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^62\d{13}$/), (body) => {
        const masked = maskNumber(key, 'bank_card', body + luhnDigit(body)) ?? ''
        expect(bankCard.matches(masked)).toBe(true)
        expect(masked.slice(0, 6)).toBe(body.slice(0, 6))
      }),
    )
  })

  it('is an ID card of the same region with a day that exists and a valid check character', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^110105(19[3-9]\d|200\d)(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{3}$/), (body) => {
        const masked = maskNumber(key, 'cn_id_card', body + idCardCheck(body)) ?? ''
        expect(cnIdCard.matches(masked)).toBe(true)
        expect(masked.slice(0, 6)).toBe('110105')
      }),
    )
  })

  it('keeps different ID cards different', () => {
    const bodies = Array.from(
      { length: 3000 },
      (_, i) => `110105199001${String(1 + (i % 28)).padStart(2, '0')}${String(i % 1000).padStart(3, '0')}`,
    )
    const distinct = new Set(bodies)
    const masked = new Set([...distinct].map((body) => maskNumber(key, 'cn_id_card', body + idCardCheck(body))))
    expect(masked.size).toBe(distinct.size)
  })

  it('is the same each time, and another under another key', () => {
    const value = '6200 0000 0000 0005'
    const masked = maskNumber(key, 'bank_card', value)
    expect(masked).toMatch(/^6200 00\d\d \d{4} \d{4}$/)
    expect(maskNumber(key, 'bank_card', value)).toBe(masked)
    expect(maskNumber(other, 'bank_card', value)).not.toBe(masked)
  })

  it.each([
    ['phone', 'call me'],
    ['phone', '12345'],
    ['bank_card', '1234'],
    ['cn_id_card', '110105194912310021'],
  ] as const)('is not made of what is no %s: %s', (form, value) => {
    expect(maskNumber(key, form, value)).toBeUndefined()
  })
})
