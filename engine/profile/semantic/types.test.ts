import { describe, expect, it } from 'vitest'
import { openDuck } from '../../duck/open-duck.ts'
import { join, literal, sql } from '../../sql/sql.ts'
import { SEMANTIC_TYPES } from './all.ts'
import { prefilterSql } from './semantic-type.ts'

const VAT_VALID =
  'ATU63608377 ATU84011070 ATU24824475 BE1242136864 BE0478739045 BE0307739725 BG274672687 BG062945126 BG668990326 ' +
  'CY36390733V CY71660177N CY32568261N CZ02378051 CZ16201167 CZ21852146 DE803800300 DE928307168 DE808839953 DK96080727 ' +
  'DK49946775 DK49160526 EE364809769 EE896291421 EE596503875 EL021421483 EL345230984 EL924112138 ESL8196783C ESG7026583J ' +
  'ESB87596920 FI29142280 FI52266329 FI71451968 FR93954806626 FR38732225784 FR87269265526 HR10637604479 HR53439649358 ' +
  'HR89658920864 HU81724002 HU02466396 HU24411253 IE5761272B IE5615369W IE3988479W IT23359660943 IT39913050546 ' +
  'IT72619780157 LT422505817 LT434886315 LT758719612 LU61570402 LU80819676 LU22820610 LV72860390741 LV99734420003 ' +
  'LV98947873445 MT51989277 MT20474128 MT43612702 NL570610254B55 NL441984472B79 NL131617667B88 PL6099374848 PL5032519699 ' +
  'PL9151206046 PT529602326 PT924730277 PT420929215 RO401274138 RO146655780 RO125345485 SE037693172101 SE253491999401 ' +
  'SE267887936801 SI78254477 SI56820461 SI46956450 SK9529333352 SK6245636320 SK4987640119 DE136695976 FR40303265045 ' +
  'XI123456789'
const VAT_INVALID =
  'ATU95013236 ATU88085293 ATU31620522 BE0168636429 BE0011187367 BE0225884223 BG937254348 BG919968980 BG451249848 ' +
  'CY24585551O CY37950862F CY56228102B CZ83574660 CZ41916353 CZ72874441 DE860097744 DE918944260 DE104461596 DK69529481 ' +
  'DK32421604 DK67636774 EE570174076 EE488141383 EE786581727 EL070718806 EL231520565 EL633245467 ESD2723519M ES96306089O ' +
  'ES44497839K FI09716545 FI24393457 FI96020635 FR24664368622 FR42567853055 FR65914210151 HR44584983892 HR32964510874 ' +
  'HR52300559113 HU64036136 HU21600830 HU98278460 IE8B58025F IE5272531DH IE8047888QW IT03968398378 IT07160591502 ' +
  'IT23690138961 LT256686117 LT798263616 LT691538818 LU45723636 LU37900225 LU20693943 LV73915232071 LV81908108263 ' +
  'LV42606528981 MT97317148 MT48195467 MT74198347 NL749616589B35 NL528232141B69 NL376306078B48 PL9976809045 PL1626431290 ' +
  'PL9236558781 PT278813983 PT801550724 PT675970359 RO5131224 RO5234132916 RO9775530010 SE120453427501 SE160602597601 ' +
  'SE760544794301 SI84476059 SI44926866 SI57842816 SK2469358450 SK1584480211 SK7081288431'

/** Type, where the cases are from, valid, invalid. What is invalid breaks the rule that its source states: a digit changed, a part that does not exist. */
const CASES: readonly (readonly [
  type: string,
  source: string,
  valid: readonly string[],
  invalid: readonly string[],
])[] = [
  [
    'email',
    'RFC 5322 A.1.1 and 3.2.3 (dot-atom), RFC 6531 3.3, RFC 1035 2.3.1 (labels), RFC 5321 4.5.3.1.1 (64 octets)',
    ['jdoe@machine.example', 'a.b+c@x-y.example.com', '张@例子.公司'],
    ['a@b', 'a..b@x.com', '@x.com', 'a@b@c.com', 'a b@x.com', 'a@-x.com', `${'a'.repeat(65)}@x.com`],
  ],
  [
    'url',
    'RFC 3986 1.1.2 and 3.2.2',
    ['http://www.ietf.org/rfc/rfc2396.txt', 'ftp://ftp.is.co.za/rfc/rfc1808.txt', 'https://例子.cn/a?b=c'],
    ['www.example.com', 'http://', 'mailto:a@b.c', 'http://a b', 'http://[::1', 'http://a:99999/'],
  ],
  [
    'ipv4',
    'RFC 5737 3, RFC 3986 3.2.2 (dec-octet)',
    ['192.0.2.1', '198.51.100.255', '0.0.0.0'],
    ['256.0.0.1', '1.2.3', '01.2.3.4', '1.2.3.4.5'],
  ],
  [
    'ipv6',
    'RFC 4291 2.2',
    ['ABCD:EF01:2345:6789:ABCD:EF01:2345:6789', '2001:DB8::8:800:200C:417A', '::1', '::', '::FFFF:129.144.52.38'],
    ['2001:db8::1::2', '12345::', 'a:b', '1:2:3:4:5:6:7:8:9'],
  ],
  [
    'uuid',
    'RFC 9562 A.1, A.6, 5.9; versions and variants of 4.1 and 4.2',
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
    'RFC 7042 2.1.2, IEEE 802 8.1',
    ['00:00:5E:00:53:00', '00-00-5e-00-53-ff', '0000.5e00.5301'],
    ['00:00:5E:00:53', '00:00-5E:00:53:00', '00:00:5E:00:53:0G'],
  ],
  [
    'phone',
    'example numbers of libphonenumber (US, GB, CN); ITU-T E.164 (no country 999)',
    ['+1 201-555-0123', '+44 121 234 5678', '+86 138 0013 8000'],
    ['+1 123', '201-555-0123', '+999 1234567'],
  ],
  [
    'cn_mobile',
    'numbering plan of the MIIT (13 to 19); China Mobile 13800138000, China Telecom 199, China Unicom 166',
    ['13800138000', '+86 138 0013 8000', '138-0013-8000', '19912345678', '16612345678'],
    ['12800138000', '1380013800', '138001380000', '138-0013 8000'],
  ],
  [
    'cn_landline',
    'switchboards of Peking University and Tsinghua (010-6275…, 6278…), area codes of the MIIT',
    ['010-62781234', '(021)62345678', '0571-87654321-801'],
    ['62781234', '010-1234', '0000-1234567', '13800138000'],
  ],
  [
    'cn_id_card',
    'GB 11643-1999 annex A; python-stdnum cn.ric (360426199101010071). A check digit, a day and a province that are none; 15 digits are not of this standard',
    ['11010519491231002X', '440524188001010014', '11010519491231002x', '360426199101010071'],
    ['110105194912310021', '11010519490231002X', '990105194912310020', '1101051949123100'],
  ],
  [
    'cn_credit_code',
    'GB 32100-2015 annex A; published codes of PetroChina and Tencent. The letters I, O, S, V, Z do not exist',
    ['91350100M000100Y43', '91110000710925462X', '9144030071526726XG'],
    ['91350100M000100Y44', '91350100M000100I43', '9135010AM000100Y43', '91110000710925462Y'],
  ],
  [
    'bank_card',
    'test numbers of Visa, Mastercard, American Express, UnionPay and JCB as Stripe and Adyen publish them; ISO/IEC 7812-1 annex B',
    ['4111111111111111', '5555 5555 5555 4444', '378282246310005', '6200000000000005', '3530-1113-3330-0000'],
    ['4111111111111112', '411111111111111', '1234567812345670', '4111 1111-1111 1111'],
  ],
  [
    'cn_plate',
    'GA 36-2018 table 1 and 4.2 (new energy); no I and O, no province 港',
    ['京A12345', '粤B·D12345', '沪A12345D', '川A1234学'],
    ['京O12', 'A12345', '京I12345', '港A12345', '京ABCDEF'],
  ],
  [
    'cn_postcode',
    'China Post: Beijing, Shanghai, Lhasa, Peking University; 00, 88 to 99 are no postal provinces',
    ['100000', '200000', '850000', '100871'],
    ['000000', '990000', '880000', '10000', '1000000'],
  ],
  [
    'cn_name',
    "surnames of the Ministry of Public Security's report on names (2020); GB/T 2260 for what are places",
    ['张伟', '欧阳修', '诸葛亮', '司马相如', '阿卜杜拉·买买提'],
    ['张', '江苏', '华东', '他们很好', '张伟A', '一二三四五'],
  ],
  [
    'address',
    'addresses of Peking University, Taipei 101, the White House, 10 Downing Street, Conan Doyle; GB/T 23705-2009 (parts of an address)',
    [
      '北京市海淀区颐和园路5号',
      '浙江省杭州市西湖区文三路90号',
      '北京市海淀区中关村南大街5号院3号楼2单元',
      '台北市信義區信義路五段7號',
      '1600 Pennsylvania Avenue NW, Washington',
      '10 Downing Street',
      '221B Baker Street',
    ],
    ['浙江省杭州市', 'Baker Street', '今天天气很好适合散步', '12 apples', '12 apples on the street today'],
  ],
  [
    'cn_region',
    'GB/T 2260-2007 and its later editions',
    ['江苏省', '南京', '内蒙古', '广西壮族自治区', '江苏省南京市', '湘西', '华东'],
    ['江苏省巴黎', '市辖区', '地区', '南'],
  ],
  [
    'cn_region_code',
    'GB/T 2260-2007 (99 is no province, 3299 no prefecture)',
    ['32', '3201', '320106', '110000'],
    ['99', '3299', '32010', '00'],
  ],
  [
    'amount',
    'CLDR 45 currency patterns of zh, de, en, fr-CH, pt-BR; ISO 4217 codes',
    [
      '¥1,234.50',
      '1.234,50 €',
      '$12',
      '12万元',
      '1,000,000',
      '-$5.00',
      'USD 12.5',
      '12.50 CHF',
      'R$ 10',
      '人民币100元',
    ],
    ['1234', '1,23', 'abc', '12.5', '$', 'XYZ 12', '12 apples'],
  ],
  [
    'currency',
    'ISO 4217 list one; DEM of list three (historic)',
    ['CNY', 'usd', 'EUR', 'XCG'],
    ['ABC', 'CN', 'DEM', '¥'],
  ],
  [
    'unit',
    'SI brochure tables 2 to 8, GB 3100-1993; counting words of GB/T 12200',
    ['kg', '12.5 kg', '件', '5m²', '100%', '3 km/h', 'Ω'],
    ['kgs per', '12', 'hello', '12 foo'],
  ],
  [
    'iban',
    'SWIFT IBAN registry (lengths equal iban.dat of python-stdnum 2.1 for all 89 countries); a digit changed, one missing, no such country',
    ['GB82 WEST 1234 5698 7654 32', 'DE89370400440532013000', 'FR1420041010050500013M02606'],
    ['GB82WEST12345698765433', 'DE8937040044053201300', 'XX89370400440532013000'],
  ],
  [
    'eu_vat',
    'numbers that python-stdnum 2.1 accepts and refuses (its rules are those of the tax administrations), three per country of VIES',
    VAT_VALID.split(' '),
    [...VAT_INVALID.split(' '), 'US123456789'],
  ],
  [
    'geo_coordinate',
    'ISO 6709:2008 annex H, OGC 06-103r4 (WKT); beyond 90 and 180 degrees there is nothing',
    [
      '39.9042, 116.4074',
      '(48.8584 2.2945)',
      'POINT (116.4 39.9)',
      '40°26′46″N 79°58′56″W',
      '116.4074,39.9042',
      '+48.8577+002.295/',
      '+27.5916+086.5640+8850CRSWGS_84/',
    ],
    ['91.5, 181.5', '39.9', '1, 2', '200.5,10.5', '+48.8577+002.295', '+95.0+002.295/'],
  ],
  [
    'json',
    'RFC 8259 13; a name without quotes and a bracket too much are no JSON, a bare value says nothing',
    ['{"Image":{"Width":800}}', '[116, 943]', '{}'],
    ['{a:1}', '12', '"a"', '{"a":1}}'],
  ],
  [
    'xml',
    'XML 1.0 (fifth edition) 2.1 and 3: element type match, no space before a name',
    ['<greeting>Hello, world!</greeting>', '<?xml version="1.0"?><a b="c"/>', '<!-- x --><a>\n<b/></a>'],
    ['<a></b>', 'a < b', '<a>', '< a></a>'],
  ],
  [
    'country',
    'ISO 3166-1 alpha-2 (XX is for users), names of CLDR',
    ['CN', 'de', 'Germany', '中国', 'FRANCE', 'Côte d’Ivoire'],
    ['XX', 'Atlantis', '某国', 'ZZ'],
  ],
  [
    'gender',
    'GB/T 2261.1-2003 names, HL7 AdministrativeGender',
    ['男', 'F', 'Female', '未知', '未说明的性别', 'other'],
    ['X1', '男人们', 'yes'],
  ],
  [
    'birthday',
    'ISO 8601-1 4.2, GB/T 7408; a day that does not exist, one before 1900',
    ['1990-01-31', '31.01.1990', '19900131'],
    ['1990-02-30', 'abc', '1790-01-01'],
  ],
  [
    'date_text',
    'ISO 8601-1, RFC 3339 5.8 (leap second), CLDR date patterns of zh, de, en; leap years of the Gregorian calendar',
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
