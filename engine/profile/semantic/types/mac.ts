import type { SemanticType } from '../semantic-type.ts'

/** EUI-48 in pairs with one separator throughout, or in dotted fours. */
export const mac: SemanticType = {
  id: 'mac',
  title: { en: 'MAC address', zh: 'MAC 地址' },
  personal: 'personal',
  evidence: 'proof',
  names: /(^|_)mac(_|$)|mac_?addr|mac地址|hwaddr/,
  prefilter: '[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}|[0-9a-fA-F]{4}(\\.[0-9a-fA-F]{4}){2}',
  matches: (value) => /^(?:[\da-f]{2}([:-])(?:[\da-f]{2}\1){4}[\da-f]{2}|[\da-f]{4}(?:\.[\da-f]{4}){2})$/i.test(value),
}
