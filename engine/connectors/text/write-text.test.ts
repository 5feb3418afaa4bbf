import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Column } from '../../contract/column.ts'
import { type Sql, sql, trusted } from '../../sql/sql.ts'
import { TextFixture } from '../../testing/text/text-fixture.ts'
import { materialise } from '../api/materialise.ts'
import type { WriteRequest } from '../api/writer.ts'

let fixture: TextFixture
beforeAll(async () => {
  fixture = await TextFixture.open()
})
afterAll(() => fixture[Symbol.asyncDispose]())

let serial = 0

async function write(
  dataset: string,
  query: string,
  options: unknown = {},
  more: Partial<WriteRequest> = {},
): Promise<Buffer> {
  const relation: Sql = trusted(`(${query})`)
  const columns: Column[] = await fixture.duck.columns(sql`SELECT * FROM ${relation}`)
  const request = {
    dataset,
    columns,
    mode: 'replace',
    keys: [],
    loadId: `load-${serial++}`,
    options,
    ddl: 'create',
    duck: fixture.duck,
    ...more,
  } as const
  await using writer = await fixture.session.write!(request)
  if (writer.committed === undefined) {
    await writer.stage(relation)
    await writer.commit()
  }
  return readFile(join(fixture.folder, dataset))
}

const SOME = `SELECT * FROM (VALUES (1, 'a', NULL), (2, '', 'x,y'), (-3, 'say "hi"', E'two\\nlines')) t(id, name, note)`

describe('dialects', () => {
  it.each([
    ['plain', 'o.csv', {}, 'id,name,note\n1,a,\n2,"","x,y"\n-3,"say ""hi""","two\nlines"\n'],
    ['CRLF', 'o.csv', { lineEnd: 'crlf' }, 'id,name,note\r\n1,a,\r\n2,"","x,y"\r\n-3,"say ""hi""","two\nlines"\r\n'],
    ['no header', 'o.csv', { header: false }, '1,a,\n2,"","x,y"\n-3,"say ""hi""","two\nlines"\n'],
    ['NULL text', 'o.csv', { nullText: '\\N' }, 'id,name,note\n1,a,\\N\n2,,"x,y"\n-3,"say ""hi""","two\nlines"\n'],
    ['tab by name', 'o.tsv', {}, 'id\tname\tnote\n1\ta\t\n2\t""\tx,y\n-3\t"say ""hi"""\t"two\nlines"\n'],
    ['||', 'o.txt', { delimiter: '||' }, 'id||name||note\n1||a||\n2||""||"x,y"\n-3||"say ""hi"""||"two\nlines"\n'],
    ['single quotes', 'o.csv', { quote: "'" }, "id,name,note\n1,a,\n2,'','x,y'\n-3,say \"hi\",'two\nlines'\n"],
    [
      'all quoted',
      'o.csv',
      { quoting: 'all' },
      '"id","name","note"\n"1","a",\n"2","","x,y"\n"-3","say ""hi""","two\nlines"\n',
    ],
    [
      'text quoted',
      'o.csv',
      { quoting: 'non_numeric' },
      '"id","name","note"\n1,"a",\n2,"","x,y"\n-3,"say ""hi""","two\nlines"\n',
    ],
  ])('%s', async (_case, dataset, options, expected) => {
    expect((await write(dataset, SOME, options)).toString('utf8')).toBe(expected)
  })
})

describe('encodings', () => {
  it.each([
    ['utf-8', 'e6b1870a'],
    ['utf-8-bom', 'e6b1870a'],
    ['utf-16le', '476c0a00'],
    ['utf-16be', '6c47000a'],
    ['gb18030', 'bbe30a'],
    ['gbk', 'bbe30a'],
  ])('%s', async (encoding, hex) => {
    const bytes = await write('e.csv', `SELECT '汇' AS a`, { encoding, header: false })
    expect(bytes.toString('hex').endsWith(hex)).toBe(true)
    expect((await fixture.read('e.csv', { encoding, header: false })).rows).toEqual([['汇']])
  })

  it('names row and character that an encoding does not have, and writes nothing', async () => {
    await write('keep.csv', `SELECT 'old' AS a`)
    await expect(
      write('keep.csv', `SELECT '字' AS a UNION ALL SELECT 'b😀'`, { encoding: 'gbk', header: false }),
    ).rejects.toMatchObject({
      code: 'file.unencodable',
      detail: { row: 2, character: '😀', codePoint: 'U+1F600', encoding: 'gbk' },
    })
    expect(await readFile(join(fixture.folder, 'keep.csv'), 'utf8')).toBe('a\nold\n')
  })
})

describe('compression', () => {
  it.each([
    ['c.csv.gz', (bytes: Buffer) => gunzipSync(bytes)],
    ['c.csv.zst', (bytes: Buffer) => zstdDecompressSync(bytes)],
  ])('%s, also appended', async (dataset, unpack) => {
    expect(unpack(await write(dataset, SOME)).toString()).toContain('x,y')
    await write(dataset, SOME, {}, { mode: 'append' })
    expect((await fixture.read(dataset)).rows).toHaveLength(6)
  })
})

describe('formulas', () => {
  const values = ['=1+1', '@SUM(A1)', '+86138', '-5', '\tx', "'=x", "'plain", 'a=b', '']
  const query = `SELECT unnest([${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')}]) AS v, -7 AS n`

  it('are escaped on request, and the escape can be undone', async () => {
    await write('f.csv', query, { escapeFormulas: true })
    const options = { inferTypes: false, header: true }
    const escaped = (await fixture.read('f.csv', options)).rows
    expect(escaped.map(([value]) => value)).toEqual([
      "'=1+1",
      "'@SUM(A1)",
      "'+86138",
      "'-5",
      "'\tx",
      "''=x",
      "'plain",
      'a=b',
      '',
    ])
    expect(escaped[0]?.[1]).toBe('-7')
    const undone = (await fixture.read('f.csv', { ...options, formulaEscapes: 'remove' })).rows
    expect(undone.map(([value]) => value)).toEqual(values)
  })

  it('stay as they are otherwise', async () => {
    await write('f.csv', query)
    expect((await fixture.read('f.csv', { inferTypes: false, header: true })).rows.map(([value]) => value)).toEqual(
      values,
    )
  })
})

describe('append', () => {
  it('follows the columns of the file and mends a missing line end', async () => {
    await fixture.write('a.csv', 'name,id\nold,1')
    expect((await write('a.csv', `SELECT 2 AS id, 'new' AS name`, {}, { mode: 'append' })).toString()).toBe(
      'name,id\nold,1\nnew,2\n',
    )
  })

  it.each([
    ['other columns', 'x,y\n1,2\n', {}],
    ['another encoding', Buffer.from('b1e0bac52cc3fb0a312cb1e00a', 'hex'), { encoding: 'utf-8' }],
  ])('refuses a file with %s', async (_case, content, options) => {
    await fixture.write('b.csv', content)
    await expect(write('b.csv', `SELECT 2 AS id, 'new' AS name`, options, { mode: 'append' })).rejects.toMatchObject({
      code: 'target.rejected',
    })
  })

  it('writes a header into an empty file', async () => {
    await fixture.write('c.csv', '')
    expect((await write('c.csv', `SELECT 2 AS id`, {}, { mode: 'append' })).toString()).toBe('id\n2\n')
  })
})

describe('the target', () => {
  it('keeps an old file when the load is given up', async () => {
    await write('d.csv', `SELECT 1 AS a`)
    const before = await stat(join(fixture.folder, 'd.csv'))
    const request = {
      dataset: 'd.csv',
      columns: [{ name: 'a', type: 'INTEGER' }],
      mode: 'replace',
      keys: [],
      loadId: 'x',
      options: {},
      ddl: 'create',
      duck: fixture.duck,
    } as const
    {
      await using writer = await fixture.session.write!(request)
      await writer.stage(sql`(SELECT 2 AS a)`)
    }
    expect((await stat(join(fixture.folder, 'd.csv'))).mtimeMs).toBe(before.mtimeMs)
    expect((await readdir(fixture.folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it.each(['../out.csv', '/tmp/out.csv'])('is refused outside the folder: %s', async (dataset) => {
    await expect(write(dataset, 'SELECT 1 AS a')).rejects.toMatchObject({ code: 'file.outside_folder' })
  })

  it('is not made when the policy says so', async () => {
    await expect(write('never.csv', 'SELECT 1 AS a', {}, { ddl: 'never' })).rejects.toMatchObject({
      code: 'write.ddl_needed',
    })
  })
})

it('reads every type back as it was staged', async () => {
  const query = `SELECT * FROM (VALUES
    (1::TINYINT, 2::HUGEINT, 1.25::DECIMAL(9,2), 0.1::DOUBLE, 0.1::FLOAT, true, DATE '2024-02-29', TIME '23:59:59.5', TIMESTAMP '2024-01-01 10:00:00.123456', TIMESTAMPTZ '2024-01-01 10:00:00+00', '\\xAA\\x00'::BLOB, uuid(), INTERVAL 3 DAYS, [1, NULL, 3], {'a': 1.5::DECIMAL(4,1), 'b': 'x"y'}, '101'::BIT, ''),
    (NULL, NULL, NULL, 'nan', '-inf', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)) t(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q)`
  await fixture.duck.run(trusted(`CREATE OR REPLACE TABLE typed AS ${query}`))
  const columns = await fixture.duck.columns(sql`SELECT * FROM typed`)
  const request = {
    dataset: 'typed.csv',
    columns,
    mode: 'replace',
    keys: [],
    loadId: 'typed',
    options: {},
    ddl: 'create',
    duck: fixture.duck,
  } as const
  await using writer = await fixture.session.write!(request)
  await writer.stage(sql`typed`)
  await using reading = await writer.readBack()
  await materialise(fixture.duck, reading, 'back')
  expect(await fixture.duck.columns(sql`SELECT * FROM back`)).toEqual(columns)
  const difference = await fixture.duck.rows(
    sql`(SELECT * FROM typed EXCEPT ALL SELECT * FROM back) UNION ALL (SELECT * FROM back EXCEPT ALL SELECT * FROM typed)`,
  )
  expect(difference.rows).toEqual([])
})

const cell = fc.oneof(
  fc.constantFrom(null, '', 'NULL', '\\N', '"', '""', ',', "'", '\n', '\r\n', '\r', '\ufeff', ' ', 'a"b', '||', '=1'),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
)
const table = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 12 }))
  .chain(([width, height]) =>
    fc
      .array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: height, maxLength: height })
      .map((rows) => ({ width, rows })),
  )
const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', '||', '\u0001', '^'),
  quote: fc.constantFrom('"', "'"),
  quoting: fc.constantFrom('minimal', 'all', 'non_numeric'),
  lineEnd: fc.constantFrom('lf', 'crlf'),
  nullText: fc.constantFrom('', '\\N', 'NULL'),
  header: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'gb18030'),
})

it('gives back any table in any dialect', async () => {
  await fc.assert(
    fc.asyncProperty(table, dialect, async ({ width, rows }, options) => {
      const names = Array.from({ length: width }, (_, i) => `c${i + 1}`)
      fc.pre(
        options.encoding !== 'gb18030' || rows.flat().every((text) => text === null || !/[\ue000-\uf8ff]/.test(text)),
      )
      const values = rows.map(
        (row) =>
          `(${row.map((text) => (text === null ? 'NULL::VARCHAR' : `'${text.replaceAll("'", "''")}'`)).join(', ')})`,
      )
      const source =
        rows.length === 0
          ? `SELECT ${names.map((name) => `''::VARCHAR AS ${name}`).join(', ')} WHERE false`
          : `SELECT * FROM (VALUES ${values.join(', ')}) t(${names.join(', ')})`
      await write('any.csv', source, options)
      const { delimiter, quote, header, encoding, nullText } = options
      const read = await fixture.read('any.csv', {
        delimiter,
        quote,
        header,
        encoding,
        nullValues: [nullText],
        columns: names,
        inferTypes: false,
        skipRows: 0,
        footerRows: 0,
      })
      expect(read.rejects).toEqual([])
      expect(read.rows).toEqual(rows)
    }),
    {
      numRuns: 100,
      // Once lost: the one row of one column is written as a blank line.
      examples: [
        [
          { width: 1, rows: [['']] },
          {
            delimiter: ',',
            quote: '"',
            quoting: 'minimal',
            lineEnd: 'lf',
            nullText: 'NULL',
            header: false,
            encoding: 'utf-8',
          },
        ],
      ],
    },
  )
})
