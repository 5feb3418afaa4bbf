import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { join, literal, sql } from '../../sql/sql.ts'
import { materialise } from '../api/materialise.ts'
import type { ReadRequest } from '../api/reading.ts'
import type { Session } from '../api/session.ts'
import { xml } from './connector.ts'

const secret = (): Promise<undefined> => Promise.resolve(undefined)
let folder = ''
let duck: Duck

beforeAll(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), 'runnel-xml-read-'))
  duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
})
afterAll(async () => {
  await duck[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const open = (): Promise<Session> => xml.open({ name: 'read', config: { folder }, baseDirectory: '/', secret })

interface Shown {
  readonly columns: string[]
  readonly rows: unknown[][]
  readonly rejects: unknown[][]
  readonly warnings: readonly string[]
}

async function show(dataset: string, options: unknown = {}, request: Partial<ReadRequest> = {}): Promise<Shown> {
  await using session = await open()
  await using reading = await session.read({ dataset, options: xml.source.parse(options), duck, ...request })
  const made = await materialise(duck, reading, 'shown')
  return {
    columns: reading.columns.map(({ name, type }) => `${name} ${type}`),
    rows: (await duck.rows(sql`FROM ${made.relation}`)).rows,
    rejects: (await duck.rows(sql`SELECT rule, "column", value, locator, raw FROM ${made.rejects}`)).rows,
    warnings: reading.warnings,
  }
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(joinPath(folder, name), content)
  return name
}

const ORDERS = `<?xml version="1.0"?>
<!-- two of them -->
<orders date="2026-01-05">
  <order id="1"><customer vip="true">Ada</customer><line sku="a">2</line><line sku="b">3</line></order>
  <order id="2"><customer vip="false">林</customer><line sku="c">1</line><note/></order>
</orders>`

describe('rows', () => {
  it.each<[string, string, unknown, string[], unknown[][]]>([
    [
      'attributes, children, repeated children and their text',
      ORDERS,
      {},
      [
        '@id BIGINT',
        'customer STRUCT("@vip" BOOLEAN, "#text" VARCHAR)',
        'line STRUCT("@sku" VARCHAR, "#text" VARCHAR)[]',
        'note VARCHAR',
      ],
      [
        [
          '1',
          { '@vip': true, '#text': 'Ada' },
          [
            { '@sku': 'a', '#text': '2' },
            { '@sku': 'b', '#text': '3' },
          ],
          null,
        ],
        ['2', { '@vip': false, '#text': '林' }, [{ '@sku': 'c', '#text': '1' }], ''],
      ],
    ],
    [
      'deeper records with what stands around them',
      ORDERS,
      { path: '/orders/order/line', ancestors: true },
      ['orders@date DATE', 'order@id BIGINT', '@sku VARCHAR', '#text BIGINT'],
      [
        ['2026-01-05', '1', 'a', '2'],
        ['2026-01-05', '1', 'b', '3'],
        ['2026-01-05', '2', 'c', '1'],
      ],
    ],
    [
      'any depth with a condition',
      ORDERS,
      { path: '//line[@sku="b"]' },
      ['@sku VARCHAR', '#text BIGINT'],
      [['b', '3']],
    ],
    [
      'a step for anything',
      ORDERS,
      { path: '/*/order[@id]', columns: { '@id': 'VARCHAR' }, unknownFields: 'ignore' },
      expect.anything(),
      [expect.arrayContaining(['1']), expect.arrayContaining(['2'])],
    ],
    ['one row below its root', '<r><row><a>1</a></row></r>', {}, ['a BIGINT'], [['1']]],
    ['a document that is one record', '<c><a>1</a><b>x</b></c>', {}, ['a BIGINT', 'b VARCHAR'], [['1', 'x']]],
    ['records that are text', '<r><v>1</v><v> 2 </v></r>', {}, ['#text BIGINT'], [['1'], ['2']]],
    ['an empty root of declared rows', '<r/>', { columns: { a: 'DATE' } }, ['a DATE'], []],
    [
      'nil, empty and absent',
      '<r xmlns:x="http://www.w3.org/2001/XMLSchema-instance"><p><a x:nil="true"/><b>1</b></p><p><a/><b/></p><p/></r>',
      {},
      ['a VARCHAR', 'b BIGINT'],
      [
        [null, '1'],
        ['', null],
        [null, null],
      ],
    ],
    [
      'namespaces: the record goes by its own, others keep their prefix',
      '<n:r xmlns:n="urn:a" xmlns:m="urn:b"><n:p><n:v>1</n:v><m:v n:w="2">3</m:v></n:p><n:p/></n:r>',
      {},
      ['v BIGINT', 'm:v STRUCT("@n:w" BIGINT, "#text" VARCHAR)'],
      [
        ['1', { '@n:w': '2', '#text': '3' }],
        [null, null],
      ],
    ],
    [
      'prefixes of the path that the file calls otherwise',
      '<r xmlns="urn:a"><p xmlns:q="urn:c"><q:i>1</q:i></p></r>',
      { path: '//z:i', namespaces: { z: 'urn:c' } },
      ['#text BIGINT'],
      [['1']],
    ],
    [
      'CDATA, entities and comments in text',
      '<r><v>a<![CDATA[<&]]>&lt;<!-- no -->&#xe9;</v><v/></r>',
      {},
      ['#text VARCHAR'],
      [['a<&<é'], [null]],
    ],
    [
      'mixed content',
      '<r><p>a <b>c</b> d</p><p><b>e</b></p></r>',
      {},
      ['b VARCHAR', '#text VARCHAR'],
      [
        ['c', 'a  d'],
        ['e', null],
      ],
    ],
    [
      'names that differ by case',
      '<r><p><A>1</A><a>2</a></p><p/></r>',
      {},
      ['A BIGINT', 'a_2 BIGINT'],
      [
        ['1', '2'],
        [null, null],
      ],
    ],
    [
      'fields that no STRUCT can have',
      '<r><p><s><A>1</A><a>2</a></s></p><p/></r>',
      {},
      ['s JSON'],
      [['{"A":"1","a":"2"}'], [null]],
    ],
    ['a leading zero', '<r><v>007</v><v>8</v></r>', {}, ['#text VARCHAR'], [['007'], ['8']]],
  ])('%s', async (_case, ...[text, options, columns, rows]) => {
    expect(await show(await file('rows.xml', text), options)).toMatchObject({ columns, rows, rejects: [] })
  })

  it.each([
    [
      'UTF-16 by its mark',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<r><v>汇</v><v>渠</v></r>', 'utf16le')]),
      {},
    ],
    [
      'GB18030 by its declaration',
      Buffer.concat([
        Buffer.from('<?xml version="1.0" encoding="GB18030"?><r><v>'),
        Buffer.from([0xbb, 0xe3]),
        Buffer.from('</v><v>'),
        Buffer.from([0xc7, 0xfe]),
        Buffer.from('</v></r>'),
      ]),
      {},
    ],
    [
      'GBK by an option',
      Buffer.concat([
        Buffer.from('<r><v>'),
        Buffer.from([0xbb, 0xe3]),
        Buffer.from('</v><v>'),
        Buffer.from([0xc7, 0xfe]),
        Buffer.from('</v></r>'),
      ]),
      { encoding: 'gbk' },
    ],
  ])('reads %s', async (_case, bytes, options) => {
    expect((await show(await file('encoded.xml', bytes), options)).rows).toEqual([['汇'], ['渠']])
  })

  it('reads several compressed documents with locators', async () => {
    await file('part-1.xml.gz', gzipSync('<r><v>1</v><v>2</v></r>'))
    await file('part-2.xml.gz', gzipSync('<r><v>3</v></r>'))
    const { rows } = await show('part-*.xml.gz', {}, { withLocator: true })
    expect(rows).toEqual([
      ['1', 'part-1.xml.gz[0]'],
      ['2', 'part-1.xml.gz[1]'],
      ['3', 'part-2.xml.gz[0]'],
    ])
  })

  it('rejects records that do not fit, as written, and goes on', async () => {
    const good = '<p><a>1</a></p>'
    const text = `<r>${good.repeat(3)}<p><a>x</a></p><p><a>1</a><a>2</a></p><p k="v"/>${good}</r>`
    const { rows, rejects } = await show(await file('misfits.xml', text), { sampleRows: 3 })
    expect(rows).toHaveLength(4)
    expect(rejects).toEqual([
      ['type.BIGINT', 'a', 'x', 'misfits.xml[3]', '<p><a>x</a></p>'],
      ['xml.repeated', 'a', null, 'misfits.xml[4]', '<p><a>1</a><a>2</a></p>'],
      ['xml.unknown_field', '@k', null, 'misfits.xml[5]', '<p k="v"/>'],
    ])
  })
})

it('keeps a record whole that crosses pieces of the file', async () => {
  const filler = 'é'.repeat(150_000)
  const text = `<r>${`<p><a>1</a><b>${filler}</b></p>`.repeat(5)}<p><a>x</a><b>short</b></p></r>`
  const { rows, rejects } = await show(await file('long.xml', text), { columns: { a: 'BIGINT' } })
  expect(rows.map(([a, b]) => [a, String(b).length])).toEqual(Array.from({ length: 5 }, () => ['1', 150_000]))
  expect(rejects).toEqual([['type.BIGINT', 'a', 'x', 'long.xml[5]', '<p><a>x</a><b>short</b></p>']])
  const late = `<r>${'<p><a>1</a></p>'.repeat(4)}<p><a>x</a><b>${filler}</b></p></r>`
  const [reject] = (await show(await file('late.xml', late), { columns: { a: 'BIGINT' } })).rejects
  expect(reject?.at(-1)).toBe(`<p><a>x</a><b>${filler}`.slice(0, 10_000))
})

describe('refusals', () => {
  const bomb = `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) => `<!ENTITY b${i} "${`&${i === 0 ? 'a' : `b${i - 1}`};`.repeat(10)}">`).join('')}]><r>&b8;</r>`
  it.each<[string, string | Uint8Array, object]>([
    ['billion laughs', bomb, { code: 'xml.unsafe' }],
    ['an external entity', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>', { code: 'xml.unsafe' }],
    ['an unknown entity', '<r>&nbsp;</r>', { code: 'xml.invalid' }],
    ['a cut document', '<r><v>1</v>', { code: 'xml.invalid', detail: { line: 1 } }],
    ['tags that cross', '<r>\n<a><b></a></b></r>', { code: 'xml.invalid', detail: { line: 2 } }],
    ['nothing at all', '', { code: 'xml.invalid' }],
    ['no XML', 'a,b\n1,2\n', { code: 'xml.invalid' }],
    ['an unbound prefix', '<r><x:v/></r>', { code: 'xml.invalid' }],
    [
      'bytes of no encoding',
      Buffer.concat([Buffer.from('<r>'), Buffer.from([0xff, 0xfe, 0xff]), Buffer.from('</r>')]),
      { code: 'xml.undecodable' },
    ],
    ['an unknown encoding', '<?xml version="1.0" encoding="klingon"?><r/>', { code: 'file.unknown_encoding' }],
    ['2,000 levels', `${'<a>'.repeat(2_000)}${'</a>'.repeat(2_000)}`, { code: 'xml.too_deep' }],
  ])('%s', async (_case, content, failure) => {
    await expect(show(await file('refused.xml', content))).rejects.toMatchObject(failure)
  })

  it('an external document type is neither fetched nor missed', async () => {
    const text = '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd"><r><v>1</v><v>2</v></r>'
    expect((await show(await file('typed.xml', text))).rows).toEqual([['1'], ['2']])
  })

  it('a path that leads nowhere, unless only its records are missing', async () => {
    const name = await file('paths.xml', '<orders><head/></orders>')
    await expect(show(name, { path: '/order/line' })).rejects.toMatchObject({ code: 'xml.path_missing' })
    const { rows, warnings } = await show(name, { path: '/orders/order', columns: { a: 'BIGINT' } })
    expect([rows, warnings]).toEqual([[], ['paths.xml: empty, no element at /orders/order']])
  })

  it.each(['orders', '/a[1]', '/a[@b=c]', '/a/@b', '/a/text()', '//'])('%s is no path', (path) => {
    expect(xml.source.safeParse({ path }).success).toBe(false)
  })
})

it('reads what it writes, in elements and attributes', async () => {
  const record = fc.record({
    a: fc.option(fc.string({ unit: 'grapheme' }).filter(isWritable), { nil: null }),
    b: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  })
  let load = 0
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), fc.boolean(), async (records, pretty) => {
      await write(records, { loadId: `load${load++}`, pretty })
      const { rows } = await show('made.xml', { columns: { '@b c': 'VARCHAR', 'a b': 'VARCHAR' } })
      expect(rows).toEqual(records.map(({ a, b }) => [b, a]))
    }),
    { numRuns: 40 },
  )
})

async function write(
  records: readonly { readonly a: string | null; readonly b: string }[],
  { loadId, pretty }: { readonly loadId: string; readonly pretty: boolean },
): Promise<void> {
  await using session = await open()
  await using writer = await session.write?.({
    dataset: 'made.xml',
    columns: [
      { name: 'a b', type: 'VARCHAR' },
      { name: 'b c', type: 'BIGINT' },
    ],
    mode: 'replace',
    keys: [],
    loadId,
    options: xml.target.parse({ attributes: ['b c'], pretty }),
    ddl: 'create',
    duck,
  })
  const rows = records.map(({ a, b }) => sql`(${literal(a)}::VARCHAR, ${literal(b)}::BIGINT)`)
  await writer?.stage(sql`(VALUES ${join(rows)}) AS v("a b", "b c")`)
  await writer?.commit()
}

function isWritable(text: string): boolean {
  return !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text)
}

it('refuses to write a character that XML does not have', async () => {
  await expect(write([{ a: 'a\u0001', b: '1' }], { loadId: 'bad', pretty: true })).rejects.toMatchObject({
    code: 'xml.unwritable',
    detail: { column: 'a b', character: 'U+0001' },
  })
})
