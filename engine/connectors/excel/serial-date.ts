const DAY_MS = 86_400_000
/** 9999-12-31, the last day Excel has. */
const LAST_SERIAL_1900 = 2_958_465

export interface SerialTime {
  readonly kind: 'date' | 'timestamp' | 'time' | 'interval'
  readonly text: string
}

/**
 * The text of a serial number. The 1900 system counts a 29 February 1900 that never was: 60 is refused, and what lies before it
 * counts from 1899-12-31 instead of 1899-12-30. Times are rounded to the millisecond, the finest that Excel shows.
 * Undefined for numbers that are no date: negative ones, 60, beyond the year 9999.
 */
export function serialText(
  serial: number,
  meaning: 'date' | 'time' | 'duration',
  is1904: boolean,
): SerialTime | undefined {
  if (!Number.isFinite(serial)) return undefined
  if (meaning === 'duration') return { kind: 'interval', text: clockText(Math.round(serial * DAY_MS)) }
  const totalMs = Math.round(serial * DAY_MS)
  if (totalMs < 0) return undefined
  const days = Math.floor(totalMs / DAY_MS)
  const timeMs = totalMs % DAY_MS
  if (meaning === 'time' && days === 0) return { kind: 'time', text: clockText(timeMs) }
  const day = dayText(days, is1904)
  if (day === undefined) return undefined
  return timeMs === 0 ? { kind: 'date', text: day } : { kind: 'timestamp', text: `${day} ${clockText(timeMs)}` }
}

/** The serial number in the 1900 system of a day `YYYY-MM-DD` from 1900-03-01 on; undefined for others. */
export function serialOfDay(day: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)
  if (match === null) return undefined
  const serial = (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / DAY_MS
  return serial >= 61 && serial <= LAST_SERIAL_1900 ? serial : undefined
}

/** The part of a day of a time `HH:MM:SS[.mmm]`; undefined when it is finer than a millisecond. */
export function serialOfTime(time: string): number | undefined {
  const match = /^([01]\d|2[0-3]):(\d\d):(\d\d)(?:\.(\d{1,3})0*)?$/.exec(time)
  if (match === null) return undefined
  const [, hours, minutes, seconds, fraction = ''] = match
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(fraction.padEnd(3, '0'))
  return ms / DAY_MS
}

function dayText(days: number, is1904: boolean): string | undefined {
  if (!is1904 && (days === 0 || days === 60 || days > LAST_SERIAL_1900)) return undefined
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : days < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30)
  const ms = epoch + days * DAY_MS
  return ms > Date.UTC(9999, 11, 31) ? undefined : new Date(ms).toISOString().slice(0, 10)
}

function clockText(ms: number): string {
  const sign = ms < 0 ? '-' : ''
  const whole = Math.abs(ms)
  const rest = whole % 1_000
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`
  const seconds = Math.floor(whole / 1_000)
  return `${sign}${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
