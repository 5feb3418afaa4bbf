const STORED = 'runnel.sql.text.'

/** What was written in this tab; kept as it is typed. */
export function storedSql(tabId: string): string | undefined {
  return localStorage.getItem(STORED + tabId) ?? undefined
}

export function storeSql(tabId: string, text: string): void {
  localStorage.setItem(STORED + tabId, text)
}
