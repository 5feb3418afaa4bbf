/** A text of which a person recognises the form but not the value: at most a quarter of its characters stay, at both ends. */
export function veiled(text: string): string {
  const characters = Array.from(text)
  const kept = Math.min(3, Math.floor(characters.length / 8))
  return characters
    .map((character, i) =>
      i < kept || i >= characters.length - kept || !/[\p{L}\p{N}]/u.test(character) ? character : '•',
    )
    .join('')
}
