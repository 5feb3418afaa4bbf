const OPEN_PATHS = new Set(['/healthz', '/readyz'])

/** Probes come without a token. The whole URL must match: no query, no other spelling. */
export function isOpenPath(url: string): boolean {
  return OPEN_PATHS.has(url)
}

/** The token of an Authorization header; empty text, which no token is, when there is none. */
export function bearerOf(header: string | undefined): string {
  return /^Bearer ([\w.~+/=-]{1,512})$/i.exec(header ?? '')?.[1] ?? ''
}
