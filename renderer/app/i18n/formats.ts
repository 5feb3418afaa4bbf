export interface Formats {
  /** Grouped digits; takes text for counts beyond 2^53. */
  readonly number: (value: number | string | bigint) => string
  readonly dateTime: (iso: string | Date) => string
  readonly time: (iso: string | Date) => string
  /** How long ago, in the largest unit that fits: `3 days ago`. */
  readonly age: (iso: string, now?: number) => string
  /** `1.2 s`, `3 min 4 s`. */
  readonly duration: (ms: number) => string
  readonly bytes: (count: number) => string
  readonly percent: (share: number) => string
}

/** Longest first. */
const AGE_UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

const SECOND: readonly [Intl.RelativeTimeFormatUnit, number] = ['second', 1_000]

/** How a language (BCP 47) writes numbers, dates and sizes. */
export function formatsOf(tag: string): Formats {
  const number = new Intl.NumberFormat(tag)
  const dateTime = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium' })
  const time = new Intl.DateTimeFormat(tag, { timeStyle: 'medium' })
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 })
  const unit = (name: string, digits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits })
  const [ms, seconds, minutes, hours] = [unit('millisecond', 0), unit('second', 1), unit('minute', 0), unit('hour', 0)]
  const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'].map((name, power) =>
    unit(name, power === 0 ? 0 : 1),
  )
  return {
    number: (value) => number.format(typeof value === 'string' ? BigInt(value) : value),
    dateTime: (iso) => dateTime.format(new Date(iso)),
    time: (iso) => time.format(new Date(iso)),
    age: (iso, now = Date.now()) => {
      const age = Math.max(0, now - Date.parse(iso))
      const [unitName, unitMs] = AGE_UNITS.find(([, size]) => age >= size) ?? SECOND
      return relative.format(-Math.floor(age / unitMs), unitName)
    },
    percent: (share) => percent.format(share),
    duration: (value) => {
      if (value < 1_000) return ms.format(value)
      if (value < 60_000) return seconds.format(value / 1_000)
      if (value < 3_600_000) return parts(minutes, value / 60_000, seconds, (value % 60_000) / 1_000)
      return parts(hours, value / 3_600_000, minutes, (value % 3_600_000) / 60_000)
    },
    bytes: (count) => {
      const power = count < 1 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log(count) / Math.log(1_000)))
      return sizes[power]?.format(count / 1_000 ** power) ?? String(count)
    },
  }
}

/** Two units in whole numbers; the smaller one only where there is something of it. */
function parts(large: Intl.NumberFormat, most: number, small: Intl.NumberFormat, rest: number): string {
  const written = large.format(Math.floor(most))
  return rest < 1 ? written : `${written} ${small.format(Math.floor(rest))}`
}
