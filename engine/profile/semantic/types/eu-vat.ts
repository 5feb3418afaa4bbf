import { VAT_CHECKS } from '../eu-vat-checks.ts'
import type { SemanticType } from '../semantic-type.ts'

/** Formats as the European Commission's VIES lists them. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^[1-9]\d{8}$/,
  DK: /^[1-9]\d{7}$/,
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
  MT: /^[1-9]\d{7}$/,
  NL: /^\d{9}B(?!00)\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^[1-9]\d{1,9}$/,
  SE: /^\d{10}01$/,
  SI: /^[1-9]\d{7}$/,
  // A company's, or a birth number.
  SK: /^[1-9]\d(?:[2-47-9]\d|[05][1-9]|[16][0-2])\d{6}$/,
  XI: /^(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
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
    return FORMATS[country]?.test(number) === true && VAT_CHECKS[country]?.(number) !== false
  },
}
