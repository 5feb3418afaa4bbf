/** Times as clocks in the zone of a schedule show them, which may be far from where they are read. */
export function timesInZone(times: readonly string[], timeZone: string, languageTag: string): string[] {
  const format = new Intl.DateTimeFormat(languageTag, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  return times.map((time) => format.format(new Date(time)))
}
