const STORED = 'runnel.sql.text.'

/** What was written in this tab; kept as it is typed. */
export function storedSql(tabId: string): string | undefined {
  return localStorage.getItem(STORED + tabId) ?? undefined
}

/** False when the browser has no room left, or keeps nothing: what it kept before stays. */
export function storeSql(tabId: string, text: string): boolean {
  try {
    localStorage.setItem(STORED + tabId, text)
    return true
  } catch {
    return false
  }
}
