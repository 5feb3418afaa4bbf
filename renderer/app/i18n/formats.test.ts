import { describe, expect, it } from 'vitest'
import { formatsOf } from './formats.ts'

describe('numbers and durations', () => {
  const [en, zh] = [formatsOf('en'), formatsOf('zh-CN')]
  it.each([
    [en.number('9007199254740993'), '9,007,199,254,740,993'],
    [en.number(1_234), '1,234'],
    [en.duration(12), '12 ms'],
    [en.duration(1_500), '1.5 sec'],
    [en.duration(184_000), '3 min 4 sec'],
    [en.duration(7_380_000), '2 hr 3 min'],
    [en.duration(300_000), '5 min'],
    [en.duration(3_600_500), '1 hr'],
    [zh.duration(1_500), '1.5秒'],
    [en.bytes(0), '0 byte'],
    [en.bytes(1_600_000), '1.6 MB'],
    [en.percent(0.125), '12.5%'],
    [en.age('2026-01-01T00:00:00Z', Date.parse('2026-01-01T00:00:00Z')), 'now'],
    [en.age('2026-01-01T00:00:00Z', Date.parse('2026-01-01T00:05:59Z')), '5 minutes ago'],
    [en.age('2026-01-01T00:00:00Z', Date.parse('2026-01-04T01:00:00Z')), '3 days ago'],
    [zh.age('2026-01-01T00:00:00Z', Date.parse('2026-03-04T00:00:00Z')), '2个月前'],
    // A clock that goes ahead of this one is no future.
    [en.age('2026-01-01T00:00:00Z', Date.parse('2025-12-31T00:00:00Z')), 'now'],
  ])('%s', (written, expected) => {
    expect(written).toBe(expected)
  })
})
