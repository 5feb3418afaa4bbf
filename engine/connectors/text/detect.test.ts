import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TextFixture } from '../../testing/text/text-fixture.ts'
import { textEncoder } from '../shared/text-encoder.ts'
import { encodingOf } from '../shared/text-encoding.ts'
import { CERTAIN_FROM, detectEncoding } from './detect-encoding.ts'

let fixture: TextFixture
beforeAll(async () => {
  fixture = await TextFixture.open()
})
afterAll(() => fixture[Symbol.asyncDispose]())

function encode(name: string, text: string): Buffer {
  const encoding = encodingOf(name)
  const result = textEncoder(encoding)(text)
  if (!('bytes' in result)) throw new Error(`${name} has no ${result.unencodable}`)
  return encoding.bom === undefined ? result.bytes : Buffer.concat([Buffer.from(encoding.bom), result.bytes])
}

const CHINESE =
  '订单号,客户名称,备注\n1001,上海贸易有限公司,请尽快发货，谢谢\n1002,北京科技公司,已付款\n1003,王小明,周末送货\n'
const TRADITIONAL =
  '訂單編號,客戶名稱,備註\n1001,臺北貿易有限公司,請儘快發貨，謝謝\n1002,高雄科技公司,已經付款\n1003,王小明,週末送貨到門口\n'
const JAPANESE =
  '注文番号,顧客名,備考\n1001,東京商事株式会社,お早めにお願いします\n1002,大阪テクノロジー,支払い済みです\n'
const FRENCH = 'commande,client,remarque\n1001,Hélène Lefèvre,livrée à l’étage\n1002,François,payé en février\n'
const RUSSIAN = 'заказ,клиент,примечание\n1001,Иванов Сергей,доставить вечером\n1002,Петрова,оплачено\n'

describe('encodings', () => {
  it.each([
    ['utf-8', CHINESE],
    ['utf-8-bom', CHINESE],
    ['utf-16le', CHINESE],
    ['utf-16be', CHINESE],
    ['gb18030', CHINESE],
    ['gb18030', `${CHINESE}1004,䶮㛃公司,四字节😀\n`],
    ['big5', TRADITIONAL],
    ['shift_jis', JAPANESE],
    ['euc-jp', JAPANESE],
    ['windows-1252', FRENCH],
    ['windows-1251', RUSSIAN],
  ])('%s is detected and read', async (name, text) => {
    const content = encode(name, text)
    const found = detectEncoding(content)
    expect({ name: found.encoding.name, isCertain: found.confidence >= CERTAIN_FROM }).toEqual({
      name,
      isCertain: true,
    })
    const read = await fixture.readText(content, { inferTypes: false })
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','))
    expect(read.columns.map((column) => column.name)).toEqual(lines[0])
    expect(read.rows).toEqual(lines.slice(1))
    expect(read.rejects).toEqual([])
  })

  it('is UTF-16 without a mark when every second byte is zero', () => {
    const content = encode('utf-16le', 'id,name\n1,abc\n').subarray(2)
    expect(detectEncoding(content).encoding.name).toBe('utf-16le')
  })

  it('warns when it is not sure', async () => {
    const read = await fixture.readText(Buffer.from('a,b\n1,\xe9\xe8\n2,\xb5\n', 'latin1'))
    expect(read.warnings.join('\n')).toMatch(/the encoding may be/)
  })

  it('stays UTF-8 when a few lines are damaged, and refuses those', async () => {
    const content = Buffer.concat([
      Buffer.from(CHINESE),
      Buffer.from('1004,\xff,x\n', 'latin1'),
      Buffer.from('1005,好,y\n'),
    ])
    const read = await fixture.readText(content, { inferTypes: false })
    expect(read.rows).toHaveLength(4)
    expect(read.rejects.map(([rule, , , locator, raw]) => [rule, locator, raw])).toEqual([
      ['text.encoding', 'given.csv:5', '313030342cff2c780a'],
    ])
  })

  it('gives the raw bytes of a bad line of GB18030 and of a bad row of UTF-16', async () => {
    const gbk = Buffer.concat([
      encode('gb18030', CHINESE),
      Buffer.from('343031342cff2c780a', 'hex'),
      encode('gb18030', '1005,好\n'),
    ])
    const read = await fixture.readText(gbk, { inferTypes: false, encoding: 'gb18030' })
    expect(read.rejects.map(([rule, , , , raw]) => [rule, raw])).toEqual([
      ['text.encoding', '343031342cff2c780a'],
      ['csv.columns', encode('gb18030', '1005,好\n').toString('hex')],
    ])
    const wide = await fixture.readText(encode('utf-16le', 'a,b\n1,渊\n只有一列\n2,上\n'), { inferTypes: false })
    expect(wide.rows).toEqual([
      ['1', '渊'],
      ['2', '上'],
    ])
    expect(wide.rejects.map(([rule, , , locator, raw]) => [rule, locator, raw])).toEqual([
      ['csv.columns', 'given.csv:3', encode('utf-16le', '只有一列\n').subarray(2).toString('hex')],
    ])
  })

  it('decodes A6D9 as TextDecoder does', async () => {
    const read = await fixture.readText(Buffer.from('612c620a312ca6d90a', 'hex'), {
      encoding: 'gb18030',
      inferTypes: false,
    })
    expect(read.rows).toEqual([['1', '\ufe10']])
  })
})

describe('headers', () => {
  it.each([
    ['duplicate, empty, reserved', 'id,ID,,select,a\n1,2,3,4,5\n', ['id', 'ID_2', 'column3', 'select_', 'a']],
    ['300 characters', `${'x'.repeat(300)},b\n1,2\n`, ['x'.repeat(120), 'b']],
    ['none', '1,2\n3,4\n', ['column1', 'column2']],
    ['several', '2024,2024,\n金额,数量,备注\n1.5,2,a\n2.5,3,b\n', ['2024 金额', '2024 数量', '备注']],
  ])('%s', async (_case, content, names) => {
    const read = await fixture.readText(content)
    expect(read.columns.map(({ name }) => name)).toEqual(names)
  })

  it('lists the renames and keeps the original names', async () => {
    await fixture.write('given.csv', 'id,ID,,select\n1,2,3,4\n')
    const { detected, warnings } = await fixture.session.describe('given.csv', {})
    expect(detected).toMatchObject({ headers: ['id', 'ID', '', 'select'], header: { value: 1 } })
    expect(warnings.filter((warning) => warning.includes('is called'))).toHaveLength(3)
  })
})

describe('preamble and footer', () => {
  const content = 'Sales report\nprinted 2024-01-01\n\nid,name,amount\n1,a,10\n2,b,20\n\nTotal: 30\n'
  it('are left out, and said', async () => {
    const read = await fixture.readText(content)
    expect(read.columns.map(({ name }) => name)).toEqual(['id', 'name', 'amount'])
    expect(read.rows).toHaveLength(2)
    expect(read.rejects).toEqual([])
    expect(read.warnings.join('\n')).toMatch(/2 lines before the header.*\n.*Total: 30/)
  })

  it('can be overridden', async () => {
    const read = await fixture.readText(content, { skipRows: 3, footerRows: 0 })
    expect(read.rejects.map(([rule, , , locator]) => [rule, locator])).toEqual([['csv.columns', 'given.csv:8']])
  })

  it('a last row that was cut off is no footer', async () => {
    const read = await fixture.readText('id,name,amount\n1,a,10\n2,b,20\n3')
    expect(read.rejects.map(([rule, , , locator]) => [rule, locator])).toEqual([['csv.columns', 'given.csv:4']])
  })
})

describe('types', () => {
  it.each([
    ['leading zeros', ['01234', '00001'], 'VARCHAR'],
    ['signs', ['+8613800138000'], 'VARCHAR'],
    ['exponents', ['1E5', '2E5'], 'VARCHAR'],
    ['int64', ['9223372036854775807', '-1'], 'BIGINT'],
    ['beyond int64', ['9223372036854775808'], 'DECIMAL(38,0)'],
    ['65 digits', ['9'.repeat(65)], 'VARCHAR'],
    ['money', ['12.50', '-1.00'], 'DECIMAL(18,2)'],
    ['measures', ['1.5', '2', '3.25'], 'DOUBLE'],
    ['many digits', ['0.1234567890123456789'], 'DECIMAL(38,19)'],
    ['dates', ['2024-02-29', '2024/1/5'], 'DATE'],
    ['no date', ['2024-02-30', '2024-01-01'], 'VARCHAR'],
    ['zero date', ['0000-00-00'], 'VARCHAR'],
    ['times of day', ['23:59:59', '00:00'], 'TIME'],
    ['midnight at the end', ['24:00:00'], 'VARCHAR'],
    ['timestamps', ['2024-01-01 10:00:00.123456'], 'TIMESTAMP'],
    ['zoned', ['2024-01-01T10:00:00Z', '2024-01-01T10:00:00+08:00'], 'TIMESTAMP WITH TIME ZONE'],
    ['nanoseconds', ['2024-01-01 10:00:00.123456789'], 'VARCHAR'],
    ['booleans', ['true', 'FALSE'], 'BOOLEAN'],
    ['zero and one', ['0', '1'], 'BIGINT'],
    ['mixed', ['1', 'x'], 'VARCHAR'],
  ])('%s', async (_case, values, type) => {
    const read = await fixture.readText(`k;v\n${values.map((value) => `a;${value}\n`).join('')}`)
    expect(read.types['v']).toBe(type)
    expect(read.rows).toHaveLength(values.length)
  })

  it.each([
    ['decimal commas', '1.234,56', /decimal point.*"1\.234,56"/],
    ['ambiguous dates', '03/04/2024', /day and month.*"03\/04\/2024"/],
    ['infinity', 'Infinity', /infinite/],
    ['days that do not exist', '2024-02-30', /not every value is a real date.*"2024-02-30"/],
  ])('%s stay text, with proof', async (_case, value, warning) => {
    const read = await fixture.readText(`k;v\na;${value}\n`)
    expect(read.rows).toEqual([['a', value]])
    expect(read.warnings.join('\n')).toMatch(warning)
  })

  const breaking = `id,n\n${Array.from({ length: 100 }, (_, i) => `${i},${i}\n`).join('')}100,x1\n101,7\n`
  it('that break later are rejected by default, and the sample is stated', async () => {
    const read = await fixture.readText(breaking, { sampleRows: 50 })
    expect(read.rows).toHaveLength(101)
    expect(read.rejects).toEqual([['type.BIGINT', 'n', 'x1', 'given.csv:102', '{"id":"100","n":"x1"}']])
    expect((await fixture.session.describe('given.csv', { sampleRows: 50 })).detected).toMatchObject({
      sampledRows: 50,
    })
  })

  it('that break later widen on request', async () => {
    const read = await fixture.readText(breaking, { sampleRows: 50, onTypeError: 'widen' })
    expect(read.types).toEqual({ id: 'BIGINT', n: 'VARCHAR' })
    expect(read.rows).toHaveLength(102)
  })

  it('that break later stop on request', async () => {
    await expect(fixture.readText(breaking, { sampleRows: 50, onTypeError: 'stop' })).rejects.toMatchObject({
      code: 'file.type_broken',
      detail: { locator: 'given.csv:102', column: 'n', type: 'BIGINT', value: 'x1' },
    })
  })

  it('are as declared, with formats, and DuckDB judges those that only it knows', async () => {
    const content =
      'a,b,c,d\n01234,03/04/2024,b5b7a1f0-0000-0000-0000-000000000001,"[1,2]"\n7,04/03/2024,no uuid,[3]\n8,2024-01-01,b5b7a1f0-0000-0000-0000-000000000002,[]\n'
    const read = await fixture.readText(content, {
      types: { a: 'int', b: { type: 'DATE', format: '%d/%m/%Y' }, c: 'UUID', d: 'INTEGER[]' },
      delimiter: ',',
    })
    expect(read.types).toEqual({ a: 'INTEGER', b: 'DATE', c: 'UUID', d: 'INTEGER[]' })
    expect(read.rows).toEqual([[1234, '2024-04-03', 'b5b7a1f0-0000-0000-0000-000000000001', [1, 2]]])
    expect(read.rejects.map(([rule, column, value, locator]) => [rule, column, value, locator])).toEqual([
      ['type.UUID', 'c', 'no uuid', 'given.csv:3'],
      ['type.DATE', 'b', '2024-01-01', 'given.csv:4'],
    ])
    expect(read.counts).toMatchObject({ rows: 3n, rejected: 2n })
  })

  it('refuses what is no type', async () => {
    await expect(fixture.readText('a\n1\n', { types: { a: 'INTEGER); DROP TABLE x; --' } })).rejects.toMatchObject({
      code: 'usage.invalid',
    })
  })
})

describe('several files', () => {
  it('are one dataset, by column name', async () => {
    await fixture.write('many/a.csv', 'id,name\n1,a\n')
    await fixture.write('many/b.csv.gz', gzipSync('name;id\nb;2\n'))
    await fixture.write('many/c.csv', encode('gb18030', 'id,name\n3,订单客户金额\n'))
    await fixture.write('many/d.csv', '')
    const read = await fixture.read('many/*', {}, { withLocator: true })
    expect(read.rows).toEqual([
      ['1', 'a', 'many/a.csv:2'],
      ['2', 'b', 'many/b.csv.gz:2'],
      ['3', '订单客户金额', 'many/c.csv:2'],
    ])
  })

  it('with different headers are refused', async () => {
    await fixture.write('differ/a.csv', 'id,name\n1,a\n')
    await fixture.write('differ/b.csv', 'id,title\n2,b\n')
    await expect(fixture.read('differ/*.csv')).rejects.toMatchObject({
      code: 'file.headers_differ',
      detail: { file: 'differ/b.csv', missing: ['name'], extra: ['title'] },
    })
  })
})

describe('limits', () => {
  it('reads a cell of 20 MB and 5,000 columns', async () => {
    const cell = '好'.repeat(7_000_000)
    const long = await fixture.readText(`a,b\n1,${cell}\n2,x\n`, { inferTypes: false }, { columns: ['b'] })
    expect(long.rows.map(([value]) => JSON.stringify(value).length - 2)).toEqual([7_000_000, 1])
    const columns = Array.from({ length: 5_000 }, (_, i) => `c${i}`)
    const wide = await fixture.readText(`${columns.join(',')}\n${columns.map((_, i) => i).join(',')}\n`)
    expect(wide.columns).toHaveLength(5_000)
    expect(wide.rows[0]?.[4_999]).toBe('4999')
  })

  it('refuses a line beyond 100 MiB and goes on', async () => {
    const content = Buffer.concat([
      Buffer.from('a,b\n1,x\n2,'),
      Buffer.alloc(105 * 1024 * 1024, 'y'),
      Buffer.from('\n3,z\n'),
    ])
    const read = await fixture.readText(content, { inferTypes: false })
    expect(read.rows).toEqual([
      ['1', 'x'],
      ['3', 'z'],
    ])
    expect(read.rejects.map(([rule, , , locator]) => [rule, locator])).toEqual([['text.too_long', 'given.csv:3']])
  })

  it('notices a damaged archive', async () => {
    await fixture.write('cut.csv.gz', gzipSync(`a,b\n${'1,2\n'.repeat(10_000)}`).subarray(0, 60))
    await expect(fixture.read('cut.csv.gz')).rejects.toMatchObject({ code: 'file.corrupt' })
  })

  it('notices a file that changes while it is read', async () => {
    await fixture.write('moving.csv', 'a,b\n1,2\n')
    await using reading = await fixture.session.read({ dataset: 'moving.csv', options: {}, duck: fixture.duck })
    await fixture.write('moving.csv', 'a,b\n1,2\n3,4\n')
    await expect(Array.fromAsync(reading.parts ?? [])).rejects.toMatchObject({ code: 'file.changed' })
  })
})

describe('real data', () => {
  const vega = join(dirname(createRequire(import.meta.url).resolve('vega-datasets')), '../data')
  it.each([
    ['zipcodes.csv', 42_049, { zip_code: 'VARCHAR', latitude: 'DOUBLE' }],
    ['airports.csv', 3_376, { iata: 'VARCHAR', latitude: 'DOUBLE' }],
    ['birdstrikes.csv', 10_000, {}],
  ])('%s', async (name, rows, types) => {
    await fixture.write(name, readFileSync(join(vega, name)))
    const read = await fixture.read(name)
    expect(read.rejects).toEqual([])
    expect(read.rows).toHaveLength(rows)
    expect(read.types).toMatchObject(types)
  })
})
