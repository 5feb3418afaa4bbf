const TEXT = 'runnel.sql.text.'
const TOUCHED = 'runnel.sql.touched.'
const LAYOUT = 'runnel.layout.'
/** The text of a tab that was closed is kept so long: its window may still be open somewhere. */
const KEPT_DAYS = 7
const DAY_MS = 86_400_000

/** What was written in this tab; kept as it is typed. */
export function storedSql(tabId: string): string | undefined {
  return localStorage.getItem(TEXT + tabId) ?? undefined
}

/** False when the browser has no room left, or keeps nothing: what it kept before stays. */
export function storeSql(tabId: string, text: string): boolean {
  try {
    localStorage.setItem(TOUCHED + tabId, String(dayOf(Date.now())))
    localStorage.setItem(TEXT + tabId, text)
    return true
  } catch {
    return false
  }
}

/** Forgets texts of tabs that no workspace has open and nobody wrote in for a week. */
export function forgetClosedSql(storage: Storage, nowMs = Date.now()): void {
  const keys = Array.from({ length: storage.length }, (_, place) => storage.key(place) ?? '')
  const layouts = keys.filter((key) => key.startsWith(LAYOUT)).map((key) => storage.getItem(key) ?? '')
  for (const key of keys.filter((one) => one.startsWith(TEXT))) {
    const tabId = key.slice(TEXT.length)
    if (layouts.some((layout) => layout.includes(JSON.stringify(tabId)))) continue
    const touched = Number(storage.getItem(TOUCHED + tabId) ?? Number.NaN)
    if (Number.isNaN(touched)) storage.setItem(TOUCHED + tabId, String(dayOf(nowMs)))
    else if (dayOf(nowMs) - touched > KEPT_DAYS) {
      storage.removeItem(key)
      storage.removeItem(TOUCHED + tabId)
    }
  }
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS)
}
