import { describe, expect, it } from 'vitest'
import { COPY_FORMATS, type CopyFormat, copyText } from './clipboard.ts'

const columns = [
  { name: 'id', type: 'BIGINT' },
  { name: 'na|me', type: 'VARCHAR' },
]
const rows = [
  ['9007199254740993', `O'Brien, "x"`],
  [null, ''],
  ['2', 'a\tb\nc'],
]

describe('copied cells', () => {
  it.each<[CopyFormat, string]>([
    ['tsv', `9007199254740993\t"O'Brien, ""x"""\n\t\n2\t"a\tb\nc"`],
    ['csv', `id,na|me\n9007199254740993,"O'Brien, ""x"""\n,""\n2,a\tb\nc`.replace('a\tb\nc', '"a\tb\nc"')],
    ['sql', `(9007199254740993, 'O''Brien, "x"'),\n(NULL, ''),\n(2, 'a\tb\nc')`],
    ['markdown', `| id | na\\|me |\n| --- | --- |\n| 9007199254740993 | O'Brien, "x" |\n|  |  |\n| 2 | a\tb<br>c |`],
  ])('as %s', (format, expected) => {
    expect(copyText(format, { columns, rows })).toBe(expected)
  })

  it('as JSON are what they were', () => {
    expect(JSON.parse(copyText('json', { columns, rows }))).toEqual(rows.map(([id, name]) => ({ id, 'na|me': name })))
  })

  it('never become SQL of their own, whatever is in them', () => {
    const text = copyText('sql', { columns, rows: [['1); DROP TABLE t; --', "x'); --"]] })
    expect(text).toBe("('1); DROP TABLE t; --', 'x''); --')")
  })

  it('may be none', () => {
    for (const format of COPY_FORMATS) expect(() => copyText(format, { columns: [], rows: [] })).not.toThrow()
  })
})
