import { expect, it } from 'vitest'
import { timesInZone } from './times-in-zone.ts'

it.each([
  ['Asia/Shanghai', 'en-GB', /25 Nov 2026.*04:15/],
  ['UTC', 'en-GB', /24 Nov 2026.*20:15/],
  ['Asia/Shanghai', 'zh-CN', /2026年11月25日.*04:15/],
])('in %s, said in %s', (timeZone, tag, expected) => {
  const times = timesInZone(['2026-11-24T20:15:00.000Z'], timeZone, tag)
  expect(times).toHaveLength(1)
  expect(times[0]).toMatch(expected)
})
