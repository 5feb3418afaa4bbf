import { expect, it } from 'vitest'
import { cellAddress, columnLetters, columnNumber, parseRange, printRange } from './cell-address.ts'
import { meaningOf } from './number-format.ts'
import { serialOfDay, serialOfTime, serialText } from './serial-date.ts'

it.each([
  [1, 'date', false, '1900-01-01'],
  [59, 'date', false, '1900-02-28'],
  [60, 'date', false, undefined],
  [61, 'date', false, '1900-03-01'],
  [2_958_465, 'date', false, '9999-12-31'],
  [2_958_466, 'date', false, undefined],
  [0, 'date', false, undefined],
  [-1, 'date', false, undefined],
  [0, 'date', true, '1904-01-01'],
  [60, 'date', true, '1904-03-01'],
  [45_351.5, 'date', false, '2024-02-29 12:00:00'],
  [45_351.999_999_999, 'date', false, '2024-03-01'],
  [0.75, 'time', false, '18:00:00'],
  [1.75, 'time', false, '1900-01-01 18:00:00'],
  [1.5, 'duration', false, '36:00:00'],
  [-0.5, 'duration', false, '-12:00:00'],
  [Number.NaN, 'date', false, undefined],
] as const)('%s as %s (1904: %s) is %s', (serial, meaning, is1904, text) => {
  expect(serialText(serial, meaning, is1904)?.text).toBe(text)
})

it.each(['1900-03-01', '1999-12-31', '2024-02-29', '9999-12-31'])('%s comes back', (day) => {
  expect(serialText(serialOfDay(day) ?? -1, 'date', false)).toEqual({ kind: 'date', text: day })
})

it.each([
  ['23:59:59.999', '23:59:59.999'],
  ['23:59:59.9999', undefined],
  ['24:00:00', undefined],
])('the time %s comes back as %s', (time, text) => {
  expect(serialText(serialOfTime(time) ?? Number.NaN, 'time', false)?.text).toBe(text)
})

it.each([
  [14, undefined, 'date'],
  [22, undefined, 'date'],
  [46, undefined, 'duration'],
  [20, undefined, 'time'],
  [2, undefined, 'number'],
  [164, 'yyyy-mm-dd', 'date'],
  [164, '[$-804]yyyy"年"m"月"d"日";@', 'date'],
  [164, '[Red]0.00;[Blue]-0.00', 'number'],
  [164, '#,##0.00 "dash"', 'number'],
  [164, '0.00E+00', 'number'],
  [164, '[h]:mm:ss', 'duration'],
  [164, 'h:mm AM/PM', 'time'],
  [164, 'mmm', 'date'],
  [164, 'General', 'number'],
  [164, '\\d0', 'number'],
])('format %i %s means %s', (id, code, meaning) => {
  expect(meaningOf(id, code)).toBe(meaning)
})

it.each([
  ['A1:F20', 'A1:F20'],
  ['$a$1:$f$20', 'A1:F20'],
  ['B2', 'B2:B2'],
  ['A:C', 'A1:C1048576'],
  ['2:10', 'A2:XFD10'],
  ['F20:A1', undefined],
  ['A0', undefined],
  ['XFE1', undefined],
  ['A1048577', undefined],
  ['Sheet1', undefined],
  ['A', undefined],
])('the range %s is %s', (text, printed) => {
  const range = parseRange(text)
  expect(range === undefined ? undefined : printRange(range)).toBe(printed)
})

it.each([1, 26, 27, 702, 703, 16_384])('column %i has letters of its own', (column) => {
  expect(columnNumber(columnLetters(column))).toBe(column)
  expect(cellAddress(3, column)).toMatch(/^[A-Z]{1,3}3$/)
})
