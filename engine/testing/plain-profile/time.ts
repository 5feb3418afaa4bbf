import { QUANTILES } from './counting.ts'

const DAY_MS = 86_400_000

/** What a profile says of moments, in milliseconds of UTC; undefined when there are none. @param hasHours false for dates */
export function plainTimes(moments: readonly number[], hasHours: boolean): object | undefined {
  if (moments.length === 0) return undefined
  const sorted = moments.toSorted((a, b) => a - b)
  const dates = moments.map((moment) => new Date(moment))
  const tally = (places: number, of: (date: Date) => number): number[] =>
    Array.from({ length: places }, (_, place) => dates.filter((date) => of(date) === place).length)
  return {
    quantiles: QUANTILES.map((at) => sorted[Math.max(Math.ceil(at * sorted.length), 1) - 1]),
    weekdays: tally(7, (date) => (date.getUTCDay() + 6) % 7),
    ...(hasHours ? { hours: tally(24, (date) => date.getUTCHours()) } : {}),
    gaps: gapsOf(sorted),
  }
}

function gapsOf(sorted: readonly number[]): object {
  const days = [...new Set(sorted.map((moment) => Math.floor(moment / DAY_MS)))]
  const steps = days.slice(1).map((day, i) => ({ after: days[i] ?? 0, before: day, days: day - (days[i] ?? 0) }))
  const often = (step: number): number => steps.filter(({ days: length }) => length === step).length
  const usual = [...new Set(steps.map((step) => step.days))].find(
    (step) => often(step) > 0.8 * steps.length && often(step) >= 5,
  )
  if (usual === undefined) return { stepDays: 0, missing: 0, longest: [] }
  const gaps = steps.filter((step) => step.days > usual)
  return {
    stepDays: usual,
    missing: gaps.reduce((sum, gap) => sum + Math.floor(gap.days / usual) - 1, 0),
    longest: gaps
      .toSorted((a, b) => b.days - a.days || a.before - b.before)
      .slice(0, 5)
      .map((gap) => ({ after: isoDay(gap.after), before: isoDay(gap.before), days: gap.days })),
  }
}

function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
