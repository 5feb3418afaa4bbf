import { describe, expect, it } from 'vitest'
import { isFailure } from '../../contract/failure.ts'
import { safeParts } from './safe-name.ts'

it.each([
  ['a plain name', 'orders.csv', ['orders.csv']],
  ['a folder', 'year/01.csv', ['year', '01.csv']],
  ['Chinese', '订单 2026.csv', ['订单 2026.csv']],
  ['a decomposed accent', 'cafe\u0301.csv', ['café.csv']],
  ['markup', '<img src=x onerror=alert(1)>.csv', ['_img src=x onerror=alert(1)_.csv']],
  ['what Windows reads as a separator', '..\\..\\a.csv', ['__.._a.csv']],
  ['a hidden file', '.bashrc', ['_bashrc']],
  ['a device', 'CON.csv', ['_CON.csv']],
  ['a line break and NUL', 'a\nb\u0000.csv', ['a_b_.csv']],
  ['dots at its end', 'a..', ['a_']],
  ['half of a surrogate pair', 'a\ud83d.csv', ['a\ufffd.csv']],
  ['right to left', '\u202egnp.csv', ['\u202egnp.csv']],
])('%s', (_case, name, parts) => {
  expect(safeParts(name)).toEqual(parts)
})

describe('refuses', () => {
  it.each(['..', '../a.csv', 'a/../../b.csv', './a.csv', '/etc/passwd', 'a//b.csv', 'a/', 'x/'.repeat(20) + 'a'])(
    '%s',
    (name) => {
      expect(() => safeParts(name)).toThrow(expect.toSatisfy((error) => isFailure(error, 'upload.name_invalid')))
    },
  )
})

it('cuts a long name between characters and keeps its ending', () => {
  const [name = ''] = safeParts(`${'数'.repeat(300)}.csv.gz`)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
  expect(name).toMatch(/^数+\.csv\.gz$/)
})
