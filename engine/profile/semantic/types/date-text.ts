import { readDate } from '../date-formats.ts'
import type { SemanticType } from '../semantic-type.ts'

export const dateText: SemanticType = {
  id: 'date_text',
  title: { en: 'Date as text', zh: '文本日期' },
  personal: 'none',
  evidence: 'shape',
  names: /date|time|(^|_)day|(_|^)(at|on)$|日期|时间|riqi|shijian/,
  prefilter:
    '(?i)[0-9]{1,4}[-/.年 ][0-9a-z]{1,9}[-/.月, ]{1,2}[0-9]{1,4}日?([ T].{1,24})?|[a-z]{3,9} [0-9]{1,2},? [0-9]{4}|(19|20)[0-9]{6}',
  matches: (value) => readDate(value) !== undefined,
}
