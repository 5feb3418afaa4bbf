import { passesLuhn, weightedSum } from '../checksums.ts'
import type { SemanticType } from '../semantic-type.ts'

/** Formats as the European Commission's VIES lists them. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^[1-9]\d{8}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[A-Z\d]\d{7}[A-Z\d]$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z\d]{2}\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^\d[A-Z\d+*]\d{5}[A-Z]{1,2}$/,
  IT: /^\d{11}$/,
  LT: /^(?:\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^[1-9]\d{1,9}$/,
  SE: /^\d{10}01$/,
  SI: /^[1-9]\d{7}$/,
  SK: /^[1-9]\d{9}$/,
  XI: /^(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
}

/** Whether the national part passes its check digit; a country that is not here is judged by its format. */
const CHECKS: Readonly<Record<string, (number: string) => boolean>> = {
  AT: (number) => passesAustrian(number.slice(1)),
  BE: (number) => 97 - (Number(number.slice(0, 8)) % 97) === Number(number.slice(8)),
  DE: passesMod11_10,
  DK: (number) => dot(number, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  FR: (number) =>
    !/^\d{11}$/.test(number) || (12 + 3 * (Number(number.slice(2)) % 97)) % 97 === Number(number.slice(0, 2)),
  HR: passesMod11_10,
  IT: passesLuhn,
  LU: (number) => Number(number.slice(0, 6)) % 89 === Number(number.slice(6)),
  PL: (number) => dot(number.slice(0, 9), [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(number[9]),
  PT: (number) => ((11 - (dot(number.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === Number(number[8]),
}

export const euVat: SemanticType = {
  id: 'eu_vat',
  title: { en: 'EU VAT number', zh: '欧盟增值税号' },
  personal: 'none',
  evidence: 'proof',
  names: /(^|_)vat|tax_?(no|id|number)|税号/,
  prefilter: '[A-Za-z]{2}[ ]?[0-9A-Za-z+*. ]{2,16}',
  matches: (value) => {
    const text = value.replaceAll(/[ .]/g, '').toUpperCase()
    const [country, number] = [text.slice(0, 2), text.slice(2)]
    return FORMATS[country]?.test(number) === true && CHECKS[country]?.(number) !== false
  },
}

function dot(digits: string, weights: readonly number[]): number {
  return weightedSum(digits, (i) => weights[i] ?? 0, Number)
}

/** ISO 7064 MOD 11,10. */
function passesMod11_10(digits: string): boolean {
  let rest = 10
  for (const digit of digits.slice(0, -1)) rest = (((rest + Number(digit)) % 10 || 10) * 2) % 11
  return (rest + Number(digits.at(-1))) % 10 === 1
}

/** Luhn's sum over the first seven digits from the left, and 4 more. */
function passesAustrian(digits: string): boolean {
  const sum = weightedSum(digits.slice(0, 7), () => 1, Number)
  const doubled = [1, 3, 5].reduce((total, i) => total + spread(Number(digits[i])) - Number(digits[i]), 0)
  return (10 - ((sum + doubled + 4) % 10)) % 10 === Number(digits[7])
}

function spread(digit: number): number {
  return digit * 2 > 9 ? digit * 2 - 9 : digit * 2
}
