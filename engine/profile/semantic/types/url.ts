import type { SemanticType } from '../semantic-type.ts'

export const url: SemanticType = {
  id: 'url',
  title: { en: 'URL', zh: '网址' },
  personal: 'none',
  evidence: 'proof',
  names: /ur[li]|link|href|website|homepage|网址|链接|主页|wangzhi/,
  prefilter: '(?i)(https?|ftp|sftp|wss?)://[^\\s/]+\\S*',
  matches: (value) => /^(?:https?|ftp|sftp|wss?):\/\/[^\s/]+\S*$/i.test(value) && URL.canParse(value),
}
