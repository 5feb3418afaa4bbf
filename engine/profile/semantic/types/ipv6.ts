import type { SemanticType } from '../semantic-type.ts'

/** RFC 4291 2.2, IPv4 endings included; a zone (`%eth0`) is not part of the address. */
export const ipv6: SemanticType = {
  id: 'ipv6',
  title: { en: 'IPv6 address', zh: 'IPv6 地址' },
  personal: 'personal',
  evidence: 'proof',
  names: /(^|_)ip(v6|_|$)|ip_?addr|ip地址/,
  prefilter: '[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*',
  matches: (value) => value.split(':').length > 2 && URL.canParse(`http://[${value}]/`),
}
