/** Bytes in hex as text of an encoding; what is not of it gets the sign for a broken character. Anything else as it is. */
export function rawText(raw: string | null, encoding: string): string | null {
  if (raw === null || raw.length % 2 === 1 || !/^[0-9a-f]+$/i.test(raw)) return raw
  const bytes = Uint8Array.from({ length: raw.length / 2 }, (_, index) =>
    Number.parseInt(raw.slice(index * 2, index * 2 + 2), 16),
  )
  return decoderOf(encoding).decode(bytes)
}

/** The browser knows fewer encodings than the engine. */
function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding)
  } catch {
    return new TextDecoder()
  }
}
