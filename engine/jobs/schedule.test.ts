import { describe, expect, it } from 'vitest'
import { describeSchedule, dueTimes, MOST_MISSED, nextTimes, requireSchedule, type Schedule } from './schedule.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

function every(cron: string, timeZone = 'UTC', missed: Schedule['missed'] = 'all'): Schedule {
  return { cron, timeZone, missed }
}

const ms = (text: string) => Date.parse(text)
const texts = (times: number[]) => times.map((time) => new Date(time).toISOString().slice(0, 16))

interface Days {
  readonly name: string
  readonly schedule: readonly [cron: string, timeZone: string]
  readonly between: readonly [from: string, until: string]
  /** Every time in between. */
  readonly expected: string[]
}

const DAYS: readonly Days[] = [
  {
    name: 'gap: moves to its end',
    schedule: ['30 2 * * *', 'America/New_York'],
    between: ['2026-03-08T00:00Z', '2026-03-10T00:00Z'],
    expected: ['2026-03-08T07:00', '2026-03-09T06:30'],
  },
  {
    name: 'gap: two times in it are one',
    schedule: ['0,30 2 * * *', 'America/New_York'],
    between: ['2026-03-08T00:00Z', '2026-03-09T00:00Z'],
    expected: ['2026-03-08T07:00'],
  },
  {
    name: 'gap: fixed hours, stepped minutes',
    schedule: ['*/15 2 * * *', 'America/New_York'],
    between: ['2026-03-08T00:00Z', '2026-03-09T00:00Z'],
    expected: ['2026-03-08T07:00'],
  },
  {
    name: 'gap: every half hour',
    schedule: ['*/30 * * * *', 'America/New_York'],
    between: ['2026-03-08T06:15Z', '2026-03-08T07:45Z'],
    expected: ['2026-03-08T06:30', '2026-03-08T07:00', '2026-03-08T07:30'],
  },
  {
    name: 'overlap: once, at the first',
    schedule: ['30 1 * * *', 'America/New_York'],
    between: ['2026-11-01T00:00Z', '2026-11-03T00:00Z'],
    expected: ['2026-11-01T05:30', '2026-11-02T06:30'],
  },
  {
    name: 'overlap: a list, each once',
    schedule: ['0,30 1 * * *', 'America/New_York'],
    between: ['2026-11-01T00:00Z', '2026-11-02T00:00Z'],
    expected: ['2026-11-01T05:00', '2026-11-01T05:30'],
  },
  {
    name: 'overlap: stepped minutes, each once',
    schedule: ['*/30 1 * * *', 'America/New_York'],
    between: ['2026-11-01T00:00Z', '2026-11-02T00:00Z'],
    expected: ['2026-11-01T05:00', '2026-11-01T05:30'],
  },
  {
    name: 'overlap: every half hour',
    schedule: ['*/30 * * * *', 'America/New_York'],
    between: ['2026-11-01T05:15Z', '2026-11-01T06:45Z'],
    expected: ['2026-11-01T05:30', '2026-11-01T06:00', '2026-11-01T06:30'],
  },
  {
    name: 'gap in Berlin',
    schedule: ['30 2 * * *', 'Europe/Berlin'],
    between: ['2026-03-28T12:00Z', '2026-03-30T12:00Z'],
    expected: ['2026-03-29T01:00', '2026-03-30T00:30'],
  },
  {
    name: 'overlap in Berlin',
    schedule: ['30 2 * * *', 'Europe/Berlin'],
    between: ['2026-10-24T12:00Z', '2026-10-26T12:00Z'],
    expected: ['2026-10-25T00:30', '2026-10-26T01:30'],
  },
  {
    name: 'asked between the two passes',
    schedule: ['30 2 * * *', 'Europe/Berlin'],
    between: ['2026-10-25T00:45Z', '2026-10-26T12:00Z'],
    expected: ['2026-10-26T01:30'],
  },
  {
    name: 'no summer time',
    schedule: ['30 2 * * *', 'Asia/Shanghai'],
    between: ['2026-03-28T00:00Z', '2026-03-30T00:00Z'],
    expected: ['2026-03-28T18:30', '2026-03-29T18:30'],
  },
  {
    name: 'six fields',
    schedule: ['15 0 0 * * *', 'UTC'],
    between: ['2026-01-01T00:00Z', '2026-01-03T00:00Z'],
    expected: ['2026-01-01T00:00', '2026-01-02T00:00'],
  },
  {
    name: 'nickname',
    schedule: ['@daily', 'Asia/Shanghai'],
    between: ['2026-01-01T00:00Z', '2026-01-03T00:00Z'],
    expected: ['2026-01-01T16:00', '2026-01-02T16:00'],
  },
]

describe('nextTimes', () => {
  it.each(DAYS)('$name', ({ schedule: [cron, timeZone], between: [from, until], expected }) => {
    const times = nextTimes(every(cron, timeZone), ms(from), expected.length + 1)
    expect(texts(times.filter((time) => time <= ms(until)))).toEqual(expected)
  })

  it('leaves out the very time it was asked after', () => {
    const noon = ms('2026-01-01T12:00Z')
    expect(texts(nextTimes(every('0 12 * * *'), noon, 1))).toEqual(['2026-01-02T12:00'])
    expect(texts(nextTimes(every('0 12 * * *'), noon - 1, 1))).toEqual(['2026-01-01T12:00'])
  })

  it.each([
    ['minute out of range', '99 * * * *', 'UTC'],
    ['too few fields', '* * *', 'UTC'],
    ['with a year', '0 0 0 1 1 * 2030', 'UTC'],
    ['empty', '', 'UTC'],
    ['a date', '2026-01-01T00:00:00', 'UTC'],
    ['unknown nickname', '@sometimes', 'UTC'],
    ['no such zone', '0 0 * * *', 'Mars/Olympus'],
  ])('refuses: %s', (_name, cron, timeZone) => {
    for (const ask of [
      () => nextTimes(every(cron, timeZone), 0, 1),
      () => dueTimes(every(cron, timeZone), 1, 0),
      () => describeSchedule(every(cron, timeZone), 'en'),
    ]) {
      expect(ask).toThrow(expect.objectContaining({ code: 'schedule.invalid' }))
    }
  })

  it('refuses what never comes, and takes the rarest day', () => {
    expect(() => requireSchedule(every('0 0 30 2 *'), ms('2026-01-01'))).toThrow(
      expect.objectContaining({ code: 'schedule.invalid' }),
    )
    expect(() => requireSchedule(every('0 0 29 2 *'), ms('2026-01-01'))).not.toThrow()
  })
})

describe('dueTimes', () => {
  it.each(DAYS)(
    'asked once for the whole time: $name',
    ({ schedule: [cron, timeZone], between: [from, until], expected }) => {
      expect(texts(dueTimes(every(cron, timeZone), ms(from), ms(until)))).toEqual(expected)
    },
  )

  it.each(DAYS)('asked every 27 minutes: $name', ({ schedule: [cron, timeZone], between: [from, until], expected }) => {
    const found: number[] = []
    let checked = ms(from)
    while (checked < ms(until)) {
      const now = Math.min(checked + 1_620_001, ms(until))
      found.push(...dueTimes(every(cron, timeZone), checked, now))
      checked = now
    }
    expect(texts(found)).toEqual(expected)
  })

  const noon = ms('2026-06-01T12:00Z')
  it.each<[string, Schedule['missed'], [checked: number, now: number], string[]]>([
    ['skip: on time', 'skip', [noon - 250, noon], ['2026-06-01T12:00']],
    ['skip: a little late', 'skip', [noon - 250, noon + 30_000], ['2026-06-01T12:00']],
    ['skip: missed', 'skip', [noon - DAY, noon + HOUR / 2], []],
    ['once: missed many', 'once', [noon - DAY, noon + HOUR / 2], ['2026-06-01T12:00']],
    ['once: nothing due', 'once', [noon, noon + HOUR / 2], []],
    [
      'all: missed three',
      'all',
      [noon - 3 * HOUR, noon + 1],
      ['2026-06-01T10:00', '2026-06-01T11:00', '2026-06-01T12:00'],
    ],
    ['the last look is not looked at again', 'all', [noon, noon], []],
    ['a millisecond before', 'all', [noon - 250, noon - 1], []],
  ])('%s', (_name, missed, [checked, now], expected) => {
    expect(texts(dueTimes(every('0 * * * *', 'UTC', missed), checked, now))).toEqual(expected)
  })

  it('makes up for the latest of very many', () => {
    const due = dueTimes(every('* * * * * *'), noon - 365 * DAY, noon)
    expect(due).toHaveLength(MOST_MISSED)
    expect(due.at(-1)).toBe(noon)
  })

  it.each([
    ['an hour back', [0, -HOUR, -HOUR + 60_000, HOUR]],
    ['a day back', [0, -DAY, -DAY + HOUR, HOUR]],
    ['an hour ahead and back', [0, HOUR, 60_000, HOUR]],
    ['a day ahead and back', [0, DAY, HOUR, DAY]],
  ])('runs no time twice and leaves none out when the clock jumps %s', (_name, jumps) => {
    const found: number[] = []
    let checked = noon - HOUR
    for (const jump of jumps) {
      found.push(...dueTimes(every('0 * * * *'), checked, noon + jump))
      checked = Math.max(checked, noon + jump)
    }
    const hours = (Math.max(...jumps) + HOUR) / HOUR
    expect(found).toEqual(Array.from({ length: hours }, (_, index) => noon + index * HOUR))
  })
})

describe('describeSchedule', () => {
  it.each([
    ['30 2 * * *', 'en', 'At 02:30 (Asia/Shanghai)'],
    ['30 2 * * *', 'zh', '在02:30（Asia/Shanghai）'],
    ['*/15 * * * *', 'en', 'Every 15 minutes (Asia/Shanghai)'],
    ['*/15 * * * *', 'zh', '每隔 15 分钟（Asia/Shanghai）'],
  ] as const)('%s in %s', (cron, language, expected) => {
    expect(describeSchedule(every(cron, 'Asia/Shanghai'), language)).toBe(expected)
  })
})
