import { expect, it } from 'vitest'
import { type CopyFormat, copyText } from './copy-formats.ts'

const copied = {
  columns: [
    { name: 'id', type: 'BIGINT' },
    { name: 'na"me', type: 'VARCHAR' },
    { name: 'x', type: 'DOUBLE' },
  ],
  rows: [
    ['1', 'O\'Neil, "Pat"', 1.5],
    ['2', '', 'NaN'],
    [null, 'a|b\n<c>', null],
  ],
  table: 't"1',
}

it.each<[CopyFormat, string]>([
  ['tsv', '1\t"O\'Neil, ""Pat"""\t1.5\n2\t""\tNaN\n\t"a|b\n<c>"\t'],
  ['csv', 'id,"na""me",x\r\n1,"O\'Neil, ""Pat""",1.5\r\n2,"",NaN\r\n,"a|b\n<c>",'],
  [
    'sql',
    'INSERT INTO "t""1" ("id", "na""me", "x") VALUES\n' +
      "  (1, 'O''Neil, \"Pat\"', 1.5),\n  (2, '', 'NaN'),\n  (NULL, 'a|b\n<c>', NULL);",
  ],
  [
    'markdown',
    '| id | na"me | x |\n| --: | --- | --: |\n| 1 | O\'Neil, "Pat" | 1.5 |\n| 2 |  | NaN |\n|  | a\\|b<br>&lt;c> |  |',
  ],
])('copies as %s', (format, text) => {
  expect(copyText(format, copied)).toBe(text)
})

it('copies as JSON that keeps NULL and empty text apart', () => {
  expect(JSON.parse(copyText('json', copied))).toEqual([
    { id: '1', 'na"me': 'O\'Neil, "Pat"', x: 1.5 },
    { id: '2', 'na"me': '', x: 'NaN' },
    { id: null, 'na"me': 'a|b\n<c>', x: null },
  ])
})

it('a text of digits stays text in SQL', () => {
  expect(copyText('sql', { columns: [{ name: 'c', type: 'VARCHAR' }], rows: [['007']], table: 't' })).toContain(
    "('007')",
  )
})
