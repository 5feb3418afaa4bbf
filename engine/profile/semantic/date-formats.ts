import { isDay } from './calendar.ts'

export interface DateReading {
  /** DuckDB's strptime form of the day; a time of day after it is not named. */
  readonly format: string
  /** The other format under which the same text is another day (`03/04/2024`). */
  readonly ambiguousWith?: string
}

type Part = 'year' | 'month' | 'day' | 'name'
type Form = readonly [pattern: RegExp, parts: readonly [Part, Part, Part], format: string]

const TIME = '(?:[ T]\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?: ?[AP]M)?(?:Z| ?[+-]\\d{2}:?\\d{2})?)?'
const form = (pattern: string): RegExp => new RegExp(`^${pattern}${TIME}$`, 'i')

const FORMS: readonly Form[] = [
  [form('(\\d{4})-(\\d{1,2})-(\\d{1,2})'), ['year', 'month', 'day'], '%Y-%m-%d'],
  [form('(\\d{4})/(\\d{1,2})/(\\d{1,2})'), ['year', 'month', 'day'], '%Y/%m/%d'],
  [form('(\\d{4})\\.(\\d{1,2})\\.(\\d{1,2})'), ['year', 'month', 'day'], '%Y.%m.%d'],
  [form('(\\d{4})年(\\d{1,2})月(\\d{1,2})日'), ['year', 'month', 'day'], '%Y年%m月%d日'],
  [form('((?:19|20)\\d{2})(\\d{2})(\\d{2})'), ['year', 'month', 'day'], '%Y%m%d'],
  [form('(\\d{1,2})/(\\d{1,2})/(\\d{4})'), ['day', 'month', 'year'], '%d/%m/%Y'],
  [form('(\\d{1,2})/(\\d{1,2})/(\\d{4})'), ['month', 'day', 'year'], '%m/%d/%Y'],
  [form('(\\d{1,2})-(\\d{1,2})-(\\d{4})'), ['day', 'month', 'year'], '%d-%m-%Y'],
  [form('(\\d{1,2})-(\\d{1,2})-(\\d{4})'), ['month', 'day', 'year'], '%m-%d-%Y'],
  [form('(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})'), ['day', 'month', 'year'], '%d.%m.%Y'],
  [form('(\\d{1,2})[ -]([a-z]{3})[ -](\\d{4})'), ['day', 'name', 'year'], '%d %b %Y'],
  [form('([a-z]{3}) (\\d{1,2}),? (\\d{4})'), ['name', 'day', 'year'], '%b %d, %Y'],
  [form('([a-z]{4,9}) (\\d{1,2}),? (\\d{4})'), ['name', 'day', 'year'], '%B %d, %Y'],
]
const MONTHS = 'january february march april may june july august september october november december'.split(' ')

/** Which form a text writes an existing day in; undefined for none. D/M is put before M/D where both fit. */
export function readDate(text: string): DateReading | undefined {
  const found = FORMS.flatMap(([pattern, parts, format]) => {
    const match = pattern.exec(text)
    const day = match === null ? undefined : dayOf(match, parts)
    return day === undefined ? [] : [{ format, day }]
  })
  const [first, second] = found
  if (first === undefined) return undefined
  const isAmbiguous = second !== undefined && second.day !== first.day
  return { format: first.format, ...(isAmbiguous ? { ambiguousWith: second.format } : {}) }
}

/** `year-month-day` when that day exists. */
function dayOf(match: RegExpExecArray, parts: readonly Part[]): string | undefined {
  let [year, month, day] = [0, 0, 0]
  parts.forEach((part, i) => {
    const text = match[i + 1] ?? ''
    if (part === 'year') year = Number(text)
    else if (part === 'day') day = Number(text)
    else month = part === 'month' ? Number(text) : monthOf(text)
  })
  return isDay(year, month, day) ? `${year}-${month}-${day}` : undefined
}

function monthOf(name: string): number {
  const wanted = name.toLowerCase()
  return MONTHS.findIndex((month) => month === wanted || month.slice(0, 3) === wanted) + 1
}
