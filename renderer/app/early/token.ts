const KEY = 'runnel.token'

/**
 * The token that the address brought (`#token=…`), else the one of this browser tab.
 *
 * It is taken out of the address at once, so that neither the history nor a copied link carries it. Session storage ends with the
 * tab and is read by no other origin.
 */
export function takeToken(): string | undefined {
  const fragment = new URLSearchParams(location.hash.replace(/^#/, ''))
  const brought = fragment.get('token')
  if (brought !== null) {
    sessionStorage.setItem(KEY, brought)
    fragment.delete('token')
    const rest = fragment.toString()
    history.replaceState(null, '', `${location.pathname}${location.search}${rest === '' ? '' : `#${rest}`}`)
  }
  return sessionStorage.getItem(KEY) ?? undefined
}

export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token)
}
