/** What helps when it was started by `npm start`, for failures whose own advice is about the command line. */
const HERE: Readonly<Record<string, string>> = {
  'server.data_in_use': 'The studio runs already: open the address that its terminal shows, or stop it there.',
  'server.cannot_listen': 'PORT=7401 npm start takes another port.',
}

/** What went wrong and what to do, when that is what the server says; it ends then. */
export function failureOf(said: unknown): string | undefined {
  if (typeof said !== 'object' || said === null || !('error' in said)) return undefined
  const { error } = said
  if (typeof error !== 'object' || error === null || !('message' in error)) return JSON.stringify(error)
  const next = 'next' in error ? String(error.next) : ''
  return `${String(error.message)}\n${('code' in error && HERE[String(error.code)]) || next}`
}

/** What the server says when it listens. By hand: this is on the way to the first screen, and a schema would have to be loaded. */
export function servingOf(said: unknown): { readonly url: string; readonly first: string | undefined } {
  if (typeof said !== 'object' || said === null || !('url' in said) || typeof said.url !== 'string') {
    throw new Error(`the server says ${JSON.stringify(said)}`)
  }
  return { url: said.url, first: 'token' in said && typeof said.token === 'string' ? said.token : undefined }
}
