/** `2026-11-28 11:00:00.123` as a clock on the wall of a time zone shows it. */
export function wallClock(nowMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  }).formatToParts(nowMs)
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? ''
  const time = `${part('hour')}:${part('minute')}:${part('second')}.${part('fractionalSecond')}`
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')} ${time}`
}
