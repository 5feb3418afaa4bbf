import { describe, expect, it } from 'vitest'
import { openDuck } from '../../duck/open-duck.ts'
import { join, literal, sql } from '../../sql/sql.ts'
import { SEMANTIC_TYPES } from './all.ts'
import { prefilterSql } from './semantic-type.ts'

/** Type, source of the valid examples, valid, invalid. */
const CASES: readonly (readonly [
  type: string,
  source: string,
  valid: readonly string[],
  invalid: readonly string[],
])[] = [
  [
    'email',
    'RFC 5322 A.1.1, RFC 6531',
    ['jdoe@machine.example', 'a.b+c@x-y.example.com', '张@例子.公司'],
    ['a@b', 'a..b@x.com', '@x.com', 'a@b@c.com', 'a b@x.com', 'a@-x.com'],
  ],
  [
    'url',
    'RFC 3986 1.1.2',
    ['http://www.ietf.org/rfc/rfc2396.txt', 'ftp://ftp.is.co.za/rfc/rfc1808.txt', 'https://例子.cn/a?b=c'],
    ['www.example.com', 'http://', 'mailto:a@b.c', 'http://a b'],
  ],
  ['ipv4', 'RFC 5737', ['192.0.2.1', '198.51.100.255', '0.0.0.0'], ['256.0.0.1', '1.2.3', '01.2.3.4', '1.2.3.4.5']],
  [
    'ipv6',
    'RFC 4291 2.2',
    ['ABCD:EF01:2345:6789:ABCD:EF01:2345:6789', '2001:DB8::8:800:200C:417A', '::1', '::', '::FFFF:129.144.52.38'],
    ['2001:db8::1::2', '12345::', 'a:b', '1:2:3:4:5:6:7:8:9'],
  ],
  [
    'uuid',
    'RFC 9562 A',
    [
      'C232AB00-9414-11EC-B3C8-9F6BDECED846',
      '017F22E2-79B0-7CC3-98C4-DC0C0C07398F',
      '00000000-0000-0000-0000-000000000000',
    ],
    [
      'C232AB00-9414-91EC-B3C8-9F6BDECED846',
      'C232AB00941411ECB3C89F6BDECED846',
      'C232AB00-9414-11EC-C3C8-9F6BDECED846',
    ],
  ],
  [
    'mac',
    'RFC 7042 2.1.2',
    ['00:00:5E:00:53:00', '00-00-5e-00-53-ff', '0000.5e00.5301'],
    ['00:00:5E:00:53', '00:00-5E:00:53:00', '00:00:5E:00:53:0G'],
  ],
  [
    'phone',
    'libphonenumber example numbers',
    ['+1 201-555-0123', '+44 121 234 5678', '+86 138 0013 8000'],
    ['+1 123', '201-555-0123', '+999 1234567'],
  ],
  [
    'cn_mobile',
    'China Mobile service number 13800138000',
    ['13800138000', '+86 138 0013 8000', '138-0013-8000'],
    ['12800138000', '1380013800', '138001380000', '138-0013 8000'],
  ],
  [
    'cn_landline',
    'libphonenumber example for CN, 010 12345-like area code of Beijing',
    ['010-62781234', '(021)62345678', '0571-87654321-801'],
    ['62781234', '010-1234', '0000-1234567', '13800138000'],
  ],
  [
    'cn_id_card',
    'GB 11643-1999 examples',
    ['11010519491231002X', '440524188001010014', '11010519491231002x'],
    ['110105194912310021', '11010519490231002X', '990105194912310020', '1101051949123100'],
  ],
  [
    'cn_credit_code',
    'GB 32100-2015 annex',
    ['91350100M000100Y43'],
    ['91350100M000100Y44', '91350100M000100I43', '9135010AM000100Y43'],
  ],
  [
    'bank_card',
    'test numbers of payment processors',
    ['4111111111111111', '5555 5555 5555 4444', '378282246310005', '6200000000000005', '3530-1113-3330-0000'],
    ['4111111111111112', '411111111111111', '1234567812345670', '4111 1111-1111 1111'],
  ],
  [
    'cn_plate',
    'GA 36-2018 forms',
    ['京A12345', '粤B·D12345', '沪A12345D', '川A1234学'],
    ['京O12', 'A12345', '京I12345', '港A12345', '京ABCDEF'],
  ],
  [
    'cn_postcode',
    'China Post: Beijing, Shanghai, Lhasa',
    ['100000', '200000', '850000'],
    ['000000', '990000', '10000', '1000000'],
  ],
  [
    'cn_name',
    'common names',
    ['张伟', '欧阳修', '诸葛亮', '司马相如', '阿卜杜拉·买买提'],
    ['张', '江苏', '华东', '他们很好', '张伟A', '一二三四五'],
  ],
  [
    'address',
    'own',
    [
      '浙江省杭州市西湖区文三路90号',
      '北京市海淀区中关村南大街5号院3号楼2单元',
      '221B Baker Street',
      '1600 Pennsylvania Avenue NW'.slice(0, 24),
    ],
    ['浙江省杭州市', 'Baker Street', '今天天气很好适合散步', '12 apples'],
  ],
  [
    'cn_region',
    'GB/T 2260',
    ['江苏省', '南京', '内蒙古', '广西壮族自治区', '江苏省南京市', '湘西', '华东'],
    ['江苏省巴黎', '市辖区', '地区', '南'],
  ],
  ['cn_region_code', 'GB/T 2260', ['32', '3201', '320106', '110000'], ['99', '3299', '32010', '00']],
  [
    'amount',
    'own',
    ['¥1,234.50', '1.234,50 €', '$12', '12万元', '1,000,000', '-$5.00', 'USD 12.5'],
    ['1234', '1,23', 'abc', '12.5', '$'],
  ],
  ['currency', 'ISO 4217', ['CNY', 'usd', 'EUR'], ['ABC', 'CN', 'DEM', '¥']],
  ['unit', 'own', ['kg', '12.5 kg', '件', '5m²', '100%'], ['kgs per', '12', 'hello']],
  [
    'iban',
    'SWIFT IBAN registry',
    ['GB82 WEST 1234 5698 7654 32', 'DE89370400440532013000', 'FR1420041010050500013M02606'],
    ['GB82WEST12345698765433', 'DE8937040044053201300', 'XX89370400440532013000'],
  ],
  [
    'eu_vat',
    'python-stdnum documentation; VIES formats',
    [
      'DE 136695976',
      'FR40303265045',
      'IT00743110157',
      'ATU13585627',
      'PL8567346215',
      'PT501964843',
      'DK13585628',
      'BE0428759497',
      'LU15027442',
    ],
    [
      'DE136695978',
      'FR84323140391'.replace('84', '85'),
      'IT00743110158',
      'ATU13585626',
      'PL8567346216',
      'PT501964842',
      'DK13585627',
      'BE0431150351',
      'LU15027443',
      'US123456789',
    ],
  ],
  [
    'geo_coordinate',
    'ISO 6709 places',
    ['39.9042, 116.4074', '(48.8584 2.2945)', 'POINT (116.4 39.9)', '40°26′46″N 79°58′56″W', '116.4074,39.9042'],
    ['91.5, 181.5', '39.9', '1, 2', '200.5,10.5'],
  ],
  ['json', 'RFC 8259 13', ['{"Image":{"Width":800}}', '[116, 943]', '{}'], ['{a:1}', '12', '"a"', '{"a":1}}']],
  [
    'xml',
    'XML 1.0 2.1',
    ['<greeting>Hello, world!</greeting>', '<?xml version="1.0"?><a b="c"/>', '<!-- x --><a>\n<b/></a>'],
    ['<a></b>', 'a < b', '<a>', '< a></a>'],
  ],
  ['country', 'ISO 3166-1', ['CN', 'de', 'Germany', '中国', 'FRANCE'], ['XX', 'Atlantis', '某国']],
  ['gender', 'own', ['男', 'F', 'Female', '未知'], ['X1', '男人们', 'yes']],
  ['birthday', 'own', ['1990-01-31', '31.01.1990', '19900131'], ['1990-02-30', 'abc', '1790-01-01']],
  [
    'date_text',
    'ISO 8601 and usual forms',
    [
      '2024-02-29',
      '2024年2月29日',
      '20240229',
      '29/02/2024',
      '02/29/2024',
      'Feb 29, 2024',
      'February 29, 2024',
      '29-Feb-2024',
      '2024-02-29T23:59:60Z',
      '2024/2/9 8:05',
    ],
    ['2023-02-29', '2024-13-01', '31/31/2024', '20240230', 'Foo 12, 2024', '12'],
  ],
]

describe('semantic types', () => {
  it('have cases and ids of their own', () => {
    expect(CASES.map(([type]) => type).toSorted()).toEqual(SEMANTIC_TYPES.map(({ id }) => id).toSorted())
  })

  it.each(CASES)('%s (%s)', (id, _source, valid, invalid) => {
    const type = SEMANTIC_TYPES.find((known) => known.id === id)
    expect(valid.filter((value) => type?.matches(value) !== true)).toEqual([])
    expect(invalid.filter((value) => type?.matches(value) !== false)).toEqual([])
  })

  it('are counted in DuckDB at least as widely as they match', async () => {
    await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
    const texts = CASES.flatMap(([, , valid, invalid]) => [...valid, ...invalid])
    const rows = join(texts.map((text, i) => sql`(${literal(i)}, ${literal(text)})`))
    const missed: string[] = []
    for (const type of SEMANTIC_TYPES) {
      const passed = await duck.rows(
        sql`SELECT i FROM (VALUES ${rows}) AS t(i, v) WHERE ${prefilterSql(type, sql`v`)} ORDER BY i`,
      )
      const indexes = new Set(passed.rows.map(([cell]) => Number(cell)))
      texts.forEach((text, i) => {
        if (type.matches(text) && !indexes.has(i)) missed.push(`${type.id}: ${text}`)
      })
    }
    expect(missed).toEqual([])
  })
})
