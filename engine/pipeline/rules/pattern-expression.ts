const CLASSES: Readonly<Record<string, string>> = {
  A: String.raw`\p{Lu}`,
  a: String.raw`\p{Ll}`,
  '9': String.raw`\p{Nd}`,
  汉: String.raw`\p{Han}`,
  w: String.raw`[\p{Lo}\p{Lm}\p{Lt}]`,
  ' ': ' ',
}

/**
 * The form of a text (`AA-9999`, `汉+`) as RE2: `A` is an upper-case letter, `a` a lower-case one, `9` a digit, `汉` a Han character,
 * `w` any other letter, as profiles print it; `+` after one of those or a space repeats it; every other character is itself.
 */
export function patternExpression(pattern: string): string {
  const characters = Array.from(pattern)
  return characters
    .map((character, i) => {
      const before = characters[i - 1]
      if (character === '+' && before !== undefined && CLASSES[before] !== undefined) return '+'
      return CLASSES[character] ?? character.replace(/[\\^$.*+?()[\]{}|]/, String.raw`\$&`)
    })
    .join('')
}
