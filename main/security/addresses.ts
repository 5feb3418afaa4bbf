import { PAGE_HOST, PAGE_SCHEME } from '../identity.ts'

/** Whether an address is one of our own pages, to which a window may go. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${PAGE_SCHEME}:` && url.host === PAGE_HOST && url.username === ''
}

const LENGTH_LIMIT = 2_048

/** The address that the operating system may be asked to open; undefined for what is not https, or names a user to deceive with. */
export function externalAddress(address: string): string | undefined {
  if (address.length > LENGTH_LIMIT) return undefined
  const url = URL.parse(address)
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined
}
