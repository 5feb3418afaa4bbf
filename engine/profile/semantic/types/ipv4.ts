import type { SemanticType } from '../semantic-type.ts'

const PART = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'

/** Dotted decimal of RFC 3986's `IPv4address`: no leading zeros. An address of a person's device is personal (CJEU C-582/14). */
export const ipv4: SemanticType = {
  id: 'ipv4',
  title: { en: 'IPv4 address', zh: 'IPv4 地址' },
  personal: 'personal',
  evidence: 'proof',
  names: /(^|_)ip(v4|_|$)|ip_?addr|ip地址/,
  prefilter: `${PART}(?:\\.${PART}){3}`,
  matches: (value) => IPV4.test(value),
}

const IPV4 = new RegExp(`^${PART}(?:\\.${PART}){3}$`)
