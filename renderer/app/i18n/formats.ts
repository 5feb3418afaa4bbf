export interface Formats {
  /** Grouped digits; takes text for counts beyond 2^53. */
  readonly number: (value: number | string | bigint) => string
  readonly dateTime: (iso: string | Date) => string
  readonly time: (iso: string | Date) => string
  /** `1.2 s`, `3 min 4 s`. */
  readonly duration: (ms: number) => string
  readonly bytes: (count: number) => string
  readonly percent: (share: number) => string
}

/** How a language (BCP 47) writes numbers, dates and sizes. */
export function formatsOf(tag: string): Formats {
  const number = new Intl.NumberFormat(tag)
  const dateTime = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium' })
  const time = new Intl.DateTimeFormat(tag, { timeStyle: 'medium' })
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
