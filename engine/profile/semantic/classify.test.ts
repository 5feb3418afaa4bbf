import { describe, expect, it } from 'vitest'
import { classify } from './classify.ts'
import { readDate } from './date-formats.ts'
import { foldColumnName } from './semantic-type.ts'

describe('classify', () => {
  it.each([
    ['e-mail', ['a@x.com', 'b@y.org', ''], 'c1', 'email', 1, 'personal'],
    ['mobile over landline', ['13800138000', '13912345678'], '手机', 'cn_mobile', 1, 'personal'],
    ['birthday by name', ['1990-01-01', '1985-12-31'], 'birthDate', 'birthday', 1, 'personal'],
    ['date without such a name', ['1990-01-01', '1985-12-31'], 'created', 'date_text', 1, 'none'],
    ['postcode by name', ['100000', '310012'], 'post_code', 'cn_postcode', 1, 'none'],
    ['names', ['张伟', '王芳', '李娜', '成都'], '姓名', 'cn_name', 0.75, 'personal'],
  ])('%s', (_case, values, name, type, share, personal) => {
    expect(classify(values, name)[0]).toMatchObject({ type, share, class: personal })
  })

  it('takes no regions, brands or departments for names', () => {
    const types = (values: string[], name: string) => classify(values, name).map(({ type }) => type)
    expect(types(['华东', '华北', '西南', '华南'], 'region')).toEqual(['cn_region'])
    expect(types(['华为', '金立', '黄金酒'], '品牌')).toEqual([])
  })

  it('says nothing of numbers without a name', () => {
    expect(classify(['100000', '310012'], 'n')).toEqual([])
  })

  it('tells of a few sensitive values among many others', () => {
    const values = [...Array.from({ length: 99 }, (_, i) => `remark ${i}`), '11010519491231002X']
    expect(classify(values, 'remark')).toMatchObject([{ type: 'cn_id_card', share: 0.01, class: 'sensitive' }])
  })

  it('never shows a personal value', () => {
    expect(classify(['11010519491231002X'], 'id')[0]?.examples).toEqual(['11••••••••••••••2X'])
  })

  it('is silent about nothing', () => expect(classify(['', ' '], 'email')).toEqual([]))
})

it.each([
  ['OrderDate', 'order_date'],
  ['客户 姓名', '客户_姓名'],
  ['ID-Card', 'id_card'],
])('folds %s', (name, folded) => expect(foldColumnName(name)).toBe(folded))

it.each([
  ['03/04/2024', { format: '%d/%m/%Y', ambiguousWith: '%m/%d/%Y' }],
  ['04/04/2024', { format: '%d/%m/%Y' }],
  ['13/04/2024', { format: '%d/%m/%Y' }],
  ['04/13/2024', { format: '%m/%d/%Y' }],
  ['2024年2月9日', { format: '%Y年%m月%d日' }],
  ['nonsense', undefined],
])('reads %s', (text, reading) => expect(readDate(text)).toEqual(reading))
