/** The bytes of a refused line that are kept in hex because it could not be split; undefined for text. */
export function rawBytes(raw: string): Uint8Array | undefined {
  if (raw === '' || raw.length % 2 === 1 || !/^[0-9a-f]+$/i.test(raw)) return undefined
  return Uint8Array.from(raw.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
