import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../base/secret.ts'
import { Failure } from '../../contract/failure.ts'
import { type Mask, maskSchema } from '../../contract/mask.ts'
import { classify } from '../../profile/semantic/classify.ts'
import { type Keyring, newKeyText, openKey, openKeyring, rotatedKeyText } from './keyring.ts'
import { maskValueWith } from './mask-value.ts'

const first = newKeyText()
const ring = (text = first): Keyring => new Map([['workspace', openKey('workspace', text)]])
const text = fc.string({ unit: 'grapheme', maxLength: 60 })
const how = (mask: unknown): string => JSON.stringify(maskSchema.parse(mask))

const CONSISTENT: Mask[] = [
  { method: 'hash', algorithm: 'sha256', key: 'workspace' },
  { method: 'hash', algorithm: 'sm3', key: 'workspace', domain: 'd' },
  { method: 'pseudonym', kind: 'name', language: 'zh', key: 'workspace' },
  { method: 'pseudonym', kind: 'name', language: 'en', key: 'workspace' },
  { method: 'pseudonym', kind: 'company', language: 'zh', key: 'workspace' },
  { method: 'pseudonym', kind: 'company', language: 'en', key: 'workspace' },
  { method: 'pseudonym', kind: 'address', language: 'zh', key: 'workspace' },
  { method: 'pseudonym', kind: 'address', language: 'en', key: 'workspace' },
  { method: 'format', form: 'phone', key: 'workspace' },
  { method: 'date_shift', entity: 'id', days: 30, key: 'workspace' },
  { method: 'encrypt', algorithm: 'aes-256-gcm', deterministic: true, key: 'workspace' },
  { method: 'encrypt', algorithm: 'sm4', deterministic: true, key: 'workspace' },
]

describe('a value that is masked consistently', () => {
  it.each(CONSISTENT.map((mask) => [JSON.stringify(mask), mask] as const))('%s', (json, mask) => {
    const [here, there, other] = [maskValueWith(ring()), maskValueWith(ring()), maskValueWith(ring(newKeyText()))]
    const mayStay = mask.method === 'date_shift' || mask.method === 'format'
    fc.assert(
      fc.property(text, (value) => {
        expect(here(json, value)).toBe(there(json, value))
        expect(mayStay || here(json, value) !== value).toBe(true)
      }),
    )
    const values = Array.from({ length: 50 }, (_, i) => `139${String(10_000_000 + i * 7919)}`)
    expect(values.map((value) => here(json, value))).not.toEqual(values.map((value) => other(json, value)))
  })

  it('is told apart by domain', () => {
    const mask = maskValueWith(ring())
    const [a, b] = ['a', 'b'].map((domain) => mask(how({ method: 'hash', domain }), '13912345678'))
    expect(a).not.toBe(b)
  })

  it('keeps the form of what is no number of the form', () => {
    const mask = maskValueWith(ring())
    const json = how({ method: 'format', form: 'phone' })
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9 .@-]{1,40}$/), (value) => {
        const shape = (from: string): string =>
          from.replaceAll(/\d/g, '9').replaceAll(/[a-z]/g, 'a').replaceAll(/[A-Z]/g, 'A')
        expect(shape(mask(json, value) ?? '')).toBe(shape(value))
      }),
    )
  })

  it('moves dates by 1 to 30 days, both ways', () => {
    const mask = maskValueWith(ring())
    const json = how({ method: 'date_shift', entity: 'id', days: 30 })
    const moved = new Set(Array.from({ length: 3_000 }, (_, i) => Number(mask(json, String(i)))))
    expect(moved.has(0)).toBe(false)
    expect([Math.min(...moved), Math.max(...moved), moved.size]).toEqual([-30, 30, 60])
  })
})

describe('pseudonyms', () => {
  it.each([
    ['name', 'zh', 'cn_name', '姓名'],
    ['address', 'zh', 'address', '地址'],
  ] as const)('of kind %s in %s look like one to the profile', (kind, language, type, column) => {
    const mask = maskValueWith(ring())
    const made = Array.from(
      { length: 300 },
      (_, i) => mask(how({ method: 'pseudonym', kind, language }), `v${i}`) ?? '',
    )
    expect(new Set(made).size).toBeGreaterThan(290)
    const guess = classify(made, column).find((found) => found.type === type)
    expect(guess?.share).toBeGreaterThan(0.95)
  })
})

describe('encryption', () => {
  it.each(['aes-256-gcm', 'sm4'] as const)('%s comes back, under old versions of the key too', (algorithm) => {
    const rotated = rotatedKeyText('workspace', first)
    const [before, after] = [maskValueWith(ring()), maskValueWith(ring(rotated))]
    fc.assert(
      fc.property(text, fc.boolean(), (value, deterministic) => {
        const json = how({ method: 'encrypt', algorithm, deterministic })
        const [old, now] = [before(json, value) ?? '', after(json, value) ?? '']
        expect([old.split('.')[3], now.split('.')[3]]).toEqual(['1', '2'])
        const open = how({ method: 'decrypt' })
        expect([after(open, old), after(open, now)]).toEqual([value, value])
      }),
    )
  })

  it('gives another text each time unless asked not to', () => {
    const mask = maskValueWith(ring())
    const json = how({ method: 'encrypt' })
    expect(mask(json, 'same')).not.toBe(mask(json, 'same'))
  })

  it.each([
    ['a text that was never sealed', () => '张三', 'mask.not_sealed'],
    [
      'a changed text',
      (sealed: string) => `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`,
      'mask.wrong_key',
    ],
    ['a changed head', (sealed: string) => sealed.replace('rnl1.a', 'rnl1.s'), 'mask.wrong_key'],
    ['a version that is not here', (sealed: string) => sealed.replace('.1.', '.9.'), 'mask.key_version_unknown'],
    ['the key of somebody else', (sealed: string) => sealed.replace('.workspace.', '.other.'), 'mask.wrong_key'],
  ])('refuses %s', (_case, change, code) => {
    const mask = maskValueWith(ring())
    const sealed = mask(how({ method: 'encrypt' }), 'a value of some length') ?? ''
    expect(() => mask(how({ method: 'decrypt' }), change(sealed))).toThrow(expect.objectContaining({ code }))
  })

  it('refuses another key of the same name', () => {
    const sealed = maskValueWith(ring())(how({ method: 'encrypt' }), 'value') ?? ''
    const other = maskValueWith(ring(newKeyText()))
    expect(() => other(how({ method: 'decrypt' }), sealed)).toThrow(Failure)
  })
})

describe('keys', () => {
  it.each([
    ['no secret', undefined, 'mask.key_missing'],
    ['a text that is no key', 'password', 'mask.key_damaged'],
    ['a short key', '{"version":1,"current":"1","keys":{"1":"AAAA"}}', 'mask.key_damaged'],
    ['no current version', first.reveal().replace('"current":"1"', '"current":"2"'), 'mask.key_damaged'],
  ])('are not opened from %s', async (_case, kept, code) => {
    const secret = kept === undefined ? undefined : new Secret(kept)
    const opening = openKeyring(['workspace'], () => Promise.resolve(secret))
    await expect(opening).rejects.toMatchObject({ code })
  })
})
