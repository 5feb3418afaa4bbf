import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ff1Decrypt, ff1Encrypt } from './ff1.ts'

const K128 = '2B7E151628AED2A6ABF7158809CF4F3C'
const K192 = `${K128}EF4359D8D580AA4F`
const K256 = `${K192}7F036D6F04FC6A94`
const T10 = '39383736353433323130'
const T11 = '3737373770717273373737'

describe('FF1', () => {
  // NIST, Cryptographic Standards and Guidelines, examples with intermediate values: FF1samples.pdf.
  it.each([
    ['1', K128, '', 10, '0123456789', '2433477484'],
    ['2', K128, T10, 10, '0123456789', '6124200773'],
    ['3', K128, T11, 36, '0123456789abcdefghi', 'a9tv40mll9kdu509eum'],
    ['4', K192, '', 10, '0123456789', '2830668132'],
    ['5', K192, T10, 10, '0123456789', '2496655549'],
    ['6', K192, T11, 36, '0123456789abcdefghi', 'xbj3kv35jrawxv32ysr'],
    ['7', K256, '', 10, '0123456789', '6657667009'],
    ['8', K256, T10, 10, '0123456789', '1001623463'],
    ['9', K256, T11, 36, '0123456789abcdefghi', 'xs8a0azh2avyalyzuwd'],
  ])('sample %s', (_number, key, tweak, radix, plain, sealed) => {
    const choice = { key: Buffer.from(key, 'hex'), tweak: Buffer.from(tweak, 'hex'), radix }
    expect(ff1Encrypt(choice, plain)).toBe(sealed)
    expect(ff1Decrypt(choice, sealed)).toBe(plain)
  })

  it('comes back from every text', () => {
    const choice = { key: Buffer.from(K256, 'hex'), tweak: Buffer.from('t'), radix: 10 }
    fc.assert(
      fc.property(fc.stringMatching(/^\d{6,19}$/), (text) => ff1Decrypt(choice, ff1Encrypt(choice, text)) === text),
    )
  })

  it('refuses a domain that could be tabulated', () => {
    const choice = { key: Buffer.from(K128, 'hex'), tweak: Buffer.alloc(0), radix: 10 }
    expect(() => ff1Encrypt(choice, '12345')).toThrow(RangeError)
  })
})
