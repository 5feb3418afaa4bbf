import { field, inputField, mainOutputTitle, type NodeMeta, oneInputPort, said } from '../../node-meta.ts'

export const maskMeta: NodeMeta = {
  title: said('Mask', '脱敏'),
  description: said(
    'Replaces personal values; equal values stay equal, so that joins survive.',
    '替换个人数据；相同的值仍然相同，关联不受影响。',
  ),
  inputs: oneInputPort,
  outputs: mainOutputTitle,
  fields: {
    ...inputField,
    columns: field(['Columns', '列'], ['What is masked, and how.', '要脱敏的列及方式。']),
    'columns.column': field(['Column', '列'], ['The column that is masked.', '要脱敏的列。']),
    'columns.mask': field(['Mask', '脱敏方式'], ['How its values are masked.', '如何处理其中的值。']),
    'columns.mask.method': field(['Method', '方法'], ['How values are masked.', '脱敏的方法。'], {
      null: ['Remove (NULL)', '置空'],
      constant: ['Constant', '固定值'],
      partial: ['Keep the ends', '保留首尾'],
      hash: ['Hash (HMAC)', '哈希（HMAC）'],
      pseudonym: ['Pseudonym', '假名'],
      format: ['Number of the same form', '保留格式的号码'],
      date_shift: ['Shift dates', '日期平移'],
      round: ['Round', '取整'],
      truncate: ['Shorten dates', '日期截断'],
      bands: ['Ranges', '区间'],
      shuffle: ['Shuffle', '打乱'],
      encrypt: ['Encrypt', '加密'],
      decrypt: ['Decrypt', '解密'],
    }),
    'columns.mask.value': field(['Value', '值'], ['Stands in every row that has a value.', '写入每个非空行的值。']),
    'columns.mask.first': field(['Keep first', '保留开头'], ['Characters kept at the start.', '开头保留的字符数。']),
    'columns.mask.last': field(['Keep last', '保留结尾'], ['Characters kept at the end.', '结尾保留的字符数。']),
    'columns.mask.with': field(['Sign', '替换字符'], ['Stands for a masked character.', '代替被遮盖字符的符号。']),
    'columns.mask.algorithm': field(['Algorithm', '算法'], ['Which algorithm is used.', '使用的算法。'], {
      sha256: ['SHA-256', 'SHA-256'],
      sm3: ['SM3', '国密 SM3'],
      'aes-256-gcm': ['AES-256-GCM', 'AES-256-GCM'],
      sm4: ['SM4', '国密 SM4'],
    }),
    'columns.mask.key': field(
      ['Key', '密钥'],
      ['The same key gives the same result, in every table and run.', '相同的密钥在所有表和运行中给出相同结果。'],
    ),
    'columns.mask.domain': field(
      ['Domain', '域'],
      ['Values of different domains cannot be joined.', '不同域中的值无法互相关联。'],
    ),
    'columns.mask.kind': field(['Kind', '类别'], ['What the value is.', '值的类别。'], {
      name: ['Name of a person', '人名'],
      company: ['Company', '公司'],
      address: ['Address', '地址'],
    }),
    'columns.mask.language': field(['Language', '语言'], ['Of the dictionary.', '词典的语言。'], {
      zh: ['Chinese', '中文'],
      en: ['English', '英文'],
    }),
    'columns.mask.form': field(['Form', '格式'], ['Which form the number has.', '号码的格式。'], {
      phone: ['Phone number', '电话号码'],
      cn_id_card: ['Chinese ID card', '居民身份证号'],
      bank_card: ['Bank card', '银行卡号'],
    }),
    'columns.mask.entity': field(
      ['Per', '按实体'],
      ['Dates of the same value in this column move by the same days.', '此列取值相同的行平移相同的天数。'],
    ),
    'columns.mask.days': field(
      ['At most days', '最多天数'],
      ['Dates move by 1 to this many days.', '平移 1 天至该天数。'],
    ),
    'columns.mask.to': field(['Multiple of', '倍数'], ['Rounded to the nearest multiple.', '取最接近的倍数。']),
    'columns.mask.unit': field(['Unit', '单位'], ['Dates become its first moment.', '日期取该单位的起点。'], {
      hour: ['Hour', '小时'],
      day: ['Day', '日'],
      week: ['Week', '周'],
      month: ['Month', '月'],
      quarter: ['Quarter', '季度'],
      year: ['Year', '年'],
    }),
    'columns.mask.bounds': field(['Bounds', '分界'], ['Where each range begins.', '各区间的起点。']),
    'columns.mask.seed': field(['Seed', '种子'], ['The same seed gives the same order.', '相同种子得到相同次序。']),
    'columns.mask.deterministic': field(
      ['Equal stays equal', '相同值同密文'],
      ['Equal values become equal texts; shows which are equal.', '相同的值加密后相同；会显示哪些值相等。'],
    ),
  },
  initial: { columns: [] },
}
