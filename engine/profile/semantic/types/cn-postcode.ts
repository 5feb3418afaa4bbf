import type { SemanticType } from '../semantic-type.ts'

/** Six digits whose first two are a mainland postal province; any number of six digits may look so. */
export const cnPostcode: SemanticType = {
  id: 'cn_postcode',
  title: { en: 'Chinese postcode', zh: '邮政编码' },
  personal: 'none',
  evidence: 'hint',
  names: /post_?(al_?)?code|(^|_)zip|邮编|邮政编码|youbian/,
  prefilter: '(0[1-7]|[1-7][0-9]|8[1345])[0-9]{4}',
  matches: (value) => /^(?:0[1-7]|[1-7]\d|8[1345])\d{4}$/.test(value),
}
