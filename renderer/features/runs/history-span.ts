const DAY_MS = 86_400_000
const DAYS = { day: 1, week: 7, month: 30 } as const

export const SPANS = ['all', 'day', 'week', 'month'] as const
export type Span = (typeof SPANS)[number]

/** Where a span begins that ends now; undefined for all time. */
export function sinceOf(span: Span, now: number): string | undefined {
  return span === 'all' ? undefined : new Date(now - DAYS[span] * DAY_MS).toISOString()
}
