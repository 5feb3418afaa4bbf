import type { SemanticType } from '../semantic-type.ts'

/** Codes of ISO 4217's list one, funds and metals left out, and the two that it took out since 2025 (ANG, BGN): old rows have them. */
export const CURRENCY_CODES: readonly string[] = (
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP ' +
  'CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ' +
  'ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT ' +
  'MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD ' +
  'SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES ' +
  'VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'
).split(' ')
const CODES = new Set(CURRENCY_CODES)

export const currency: SemanticType = {
  id: 'currency',
  title: { en: 'Currency code', zh: '货币代码' },
  personal: 'none',
  evidence: 'shape',
  names: /currency|(^|_)ccy|(^|_)curr(_|$)|币种|货币|bizhong/,
  prefilter: '[A-Za-z]{3}',
  matches: (value) => CODES.has(value.toUpperCase()),
}
