import { idCardCheck, luhnDigit } from '../../profile/semantic/checksums.ts'
import { cnIdCard } from '../../profile/semantic/types/cn-id-card.ts'
import { ff1Encrypt } from './ff1.ts'

/** Which parts of a number keep their meaning. */
export type NumberForm = 'phone' | 'cn_id_card' | 'bank_card'

const DAY_MS = 86_400_000
/** Birthdays are exchanged within one of these spans, so that almost all stay plausible: first years, the last span ending in 2100. */
const SPANS = [1800, 1920, 2020, 2100]

/**
 * Another number of the same form under `key` (32 bytes), the same each time; undefined when the value is not of the form.
 *
 * `phone`: the last eight digits change, separators, country and prefix stay. `bank_card`: the six digits of the issuer stay, the
 * check digit is made anew. `cn_id_card`: the region stays; birthday and sequence change within 1800 to 1919, 1920 to 2019
 * or 2020 to 2099, no two cards to the same one; the check character is made anew.
 */
export function maskNumber(key: Buffer, form: NumberForm, value: string): string | undefined {
  switch (form) {
    case 'phone':
      return maskPhone(key, value)
    case 'bank_card':
      return maskBankCard(key, value)
    case 'cn_id_card':
      return cnIdCard.matches(value) ? maskIdCard(key, value) : undefined
  }
}

function maskPhone(key: Buffer, value: string): string | undefined {
  const digits = value.replaceAll(/\D/g, '')
  if (!/^\+?[\d ().-]+$/.test(value) || digits.length < 10 || digits.length > 15) return undefined
  const [head, tail] = [digits.slice(0, -8), digits.slice(-8)]
  return refilled(value, head + ff1Encrypt({ key, tweak: Buffer.from(`phone${head}`), radix: 10 }, tail))
}

function maskBankCard(key: Buffer, value: string): string | undefined {
  const digits = value.replaceAll(/\D/g, '')
  if (!/^[\d -]+$/.test(value) || digits.length < 13 || digits.length > 19) return undefined
  const [issuer, account] = [digits.slice(0, 6), digits.slice(6, -1)]
  const body = issuer + ff1Encrypt({ key, tweak: Buffer.from(`bank_card${issuer}`), radix: 10 }, account)
  return refilled(value, body + luhnDigit(body))
}

/**
 * Birthday and sequence are one number below the span's size. It is permuted as bits, again until it is below that size
 * (cycle walking), which keeps the permutation one of the span.
 */
function maskIdCard(key: Buffer, value: string): string {
  const [region, year] = [value.slice(0, 6), Number(value.slice(6, 10))]
  const first = SPANS.findLast((start) => start <= year) ?? 0
  const end = SPANS.find((start) => start > year) ?? first
  const size = ((Date.UTC(end, 0, 1) - Date.UTC(first, 0, 1)) / DAY_MS) * 1000
  const born = Date.UTC(year, Number(value.slice(10, 12)) - 1, Number(value.slice(12, 14)))
  const choice = { key, tweak: Buffer.from(`cn_id_card${region}`), radix: 2 }
  let place = ((born - Date.UTC(first, 0, 1)) / DAY_MS) * 1000 + Number(value.slice(14, 17))
  const width = size.toString(2).length
  do place = Number.parseInt(ff1Encrypt(choice, place.toString(2).padStart(width, '0')), 2)
  while (place >= size)
  const day = new Date(Date.UTC(first, 0, 1) + Math.floor(place / 1000) * DAY_MS)
  const body = region + day.toISOString().slice(0, 10).replaceAll('-', '') + String(place % 1000).padStart(3, '0')
  return body + idCardCheck(body)
}

/** `digits` in the places that the value has digits in. */
function refilled(value: string, digits: string): string {
  let next = 0
  return value.replaceAll(/\d/g, () => digits[next++] ?? '')
}
