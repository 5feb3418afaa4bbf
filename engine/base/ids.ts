const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

// The web platform's generator, which every host has; this layer is typed without DOM and without Node.
declare const crypto: { getRandomValues(array: Uint8Array): Uint8Array }

/**
 * A new identifier: 10 characters of time and 16 random ones, Crockford base 32 in lower case.
 *
 * Sorts by creation time to the millisecond and is safe as a file name and as an SQL identifier after a letter.
 * Source: the ULID specification.
 */
export function newId(nowMs: number = Date.now()): string {
  let time = ''
  for (let rest = nowMs, i = 0; i < 10; i++) {
    time = ALPHABET.charAt(rest % 32) + time
    rest = Math.floor(rest / 32)
  }
  return time + Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => ALPHABET.charAt(byte % 32)).join('')
}
