/** Bytes in hex as text where they are UTF-8; what is not gets the sign for a broken character. Anything else as it is. */
export function rawText(raw: string | null): string | null {
  if (raw === null || raw.length % 2 === 1 || !/^[0-9a-f]+$/i.test(raw)) return raw
  const bytes = Uint8Array.from({ length: raw.length / 2 }, (_, index) =>
    Number.parseInt(raw.slice(index * 2, index * 2 + 2), 16),
  )
  return new TextDecoder('utf-8').decode(bytes)
}
