import { Cron } from 'croner'
import cronstrue from 'cronstrue/dist/cronstrue-i18n.js'
import type { z } from 'zod'
import { Failure } from '../contract/failure.ts'
import type { scheduleSchema } from '../contract/job-file.ts'
import type { Language } from '../contract/localized.ts'

export type Schedule = z.infer<typeof scheduleSchema>

/** A time counts as missed when nobody looked for this long after it. */
const MISSED_AFTER_MS = 60_000
/** Most runs that `missed: all` makes up for at once; the latest win. */
export const MOST_MISSED = 100

const LOCALES = { en: 'en', zh: 'zh_CN' } as const

/**
 * The next `count` times after `afterMs` (exclusive), ascending, as milliseconds since the epoch.
 *
 * A wall-clock time that does not exist (clocks go forward) comes at the end of the gap; one that exists twice comes once, at the
 * first. Schedules of every n hours or minutes follow elapsed time instead.
 * @throws Failure `schedule.invalid`
 */
export function nextTimes(schedule: Schedule, afterMs: number, count: number): number[] {
  return parse(schedule)
    .nextRuns(count, new Date(afterMs))
    .map((time) => time.getTime())
}

/**
 * The times to run now: those after `lastCheckedMs` up to and with `nowMs`, ascending, as `schedule.missed` wants them: `skip` gives
 * the latest unless it is missed, `once` the latest, `all` each of the last MOST_MISSED.
 *
 * A clock that went back gives none until it has passed `lastCheckedMs`, so that nothing runs twice: keep the greatest `nowMs`
 * ever passed as the next `lastCheckedMs`.
 * @throws Failure `schedule.invalid`
 */
export function dueTimes(schedule: Schedule, lastCheckedMs: number, nowMs: number): number[] {
  const cron = parse(schedule)
  if (nowMs <= lastCheckedMs) return []
  const earliest = schedule.missed === 'skip' ? Math.max(lastCheckedMs, nowMs - MISSED_AFTER_MS) : lastCheckedMs
  const most = schedule.missed === 'all' ? MOST_MISSED : 1
  const due: number[] = []
  // Backwards from now: a long absence costs no more than a short one.
  let before = nowMs + 1
  while (due.length < most) {
    const time = cron.previousRuns(1, new Date(before))[0]?.getTime()
    if (time === undefined || time <= earliest) break
    due.push(time)
    before = time
  }
  return due.toReversed()
}

/**
 * Refuses what `nextTimes` would refuse, and a schedule that never comes (30 February).
 * @throws Failure `schedule.invalid`
 */
export function requireSchedule(schedule: Schedule, nowMs: number): void {
  if (nextTimes(schedule, nowMs, 1).length === 0) refuse(schedule, 'it never comes')
}

/**
 * The schedule in words, with its time zone: `At 02:30 (Europe/Berlin)`.
 * @throws Failure `schedule.invalid`
 */
export function describeSchedule(schedule: Schedule, language: Language): string {
  parse(schedule)
  const words = inWords(schedule.cron, LOCALES[language])
  return language === 'zh' ? `${words}（${schedule.timeZone}）` : `${words} (${schedule.timeZone})`
}

/** Croner knows signs that the words do not; those are shown as written. */
function inWords(cron: string, locale: string): string {
  try {
    return cronstrue.toString(cron, { locale, use24HourTimeFormat: true })
  } catch {
    return cron
  }
}

function parse(schedule: Schedule): Cron {
  // Croner takes an ISO date as a job that runs once; a schedule repeats.
  if (!/^@\w+$|^\S+(\s+\S+){4,5}$/.test(schedule.cron.trim())) {
    refuse(schedule, 'it has not five fields (minute, hour, day, month, weekday) nor six (with seconds first)')
  }
  if (!isTimeZone(schedule.timeZone)) refuse(schedule, `there is no time zone ${schedule.timeZone}`)
  try {
    return new Cron(fixedMinutes(schedule.cron.trim()), {
      timezone: schedule.timeZone,
      mode: '5-or-6-parts',
      fixedTimeRule: 'no-wildcard',
      paused: true,
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)
    return refuse(schedule, reason, error)
  }
}

/**
 * Croner skips an "every n minutes" in a gap and doubles it in an overlap, also when its hours are fixed, so `*\/15 2 * * *` would
 * lose a whole day's work; as a list of minutes it counts as fixed. Anything unusual stays as written.
 */
function fixedMinutes(cron: string): string {
  const fields = cron.split(/\s+/)
  const hour = fields.at(-4)
  const minute = fields.at(-5)
  if (hour === undefined || minute === undefined || !/^[\d,-]+$/.test(hour)) return cron
  const step = /^(?:\*|(\d{1,2})-(\d{1,2}))(?:\/(\d{1,2}))?$/.exec(minute)
  if (step === null) return cron
  const [first, last, by] = [Number(step[1] ?? 0), Number(step[2] ?? 59), Number(step[3] ?? 1)]
  if (by === 0 || by > 59 || first > last || last > 59) return cron
  const minutes = Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, index) => first + index * by)
  return fields.with(fields.length - 5, minutes.join(',')).join(' ')
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function refuse(schedule: Schedule, reason: string, cause?: unknown): never {
  throw new Failure('schedule.invalid', { cron: schedule.cron, reason }, { cause })
}
