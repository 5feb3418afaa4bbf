/** What a number means by its format. */
export type NumberMeaning = 'number' | 'date' | 'time' | 'duration'

/**
 * The meaning of a number format, by its built-in number (ECMA-376 part 1, 18.8.30, with the East Asian ones) or its code.
 *
 * Text in quotes, escaped characters, colours and locales do not count; `[h]`, `[m]` and `[s]` make a duration; y and d a date; h and s a
 * time; m alone is a month.
 */
export function meaningOf(formatId: number, code: string | undefined): NumberMeaning {
  if (code === undefined) return builtInMeaning(formatId)
  const [positive = ''] = code.split(';')
  if (/\[(?:h+|m+|s+)\]/i.test(positive)) return 'duration'
  const letters = positive
    .replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
    .replaceAll(/AM\/PM|A\/P|上午\/下午/gi, 'h')
    .replaceAll(/General|E[+-]/gi, '')
    .toLowerCase()
  if (/[yd]|(?:^|[^a-z])e(?![a-z+-])/.test(letters)) return 'date'
  if (/[hs]/.test(letters)) return 'time'
  return letters.includes('m') ? 'date' : 'number'
}

function builtInMeaning(id: number): NumberMeaning {
  if (id === 46) return 'duration'
  if ((id >= 18 && id <= 21) || id === 45 || id === 47 || id === 32 || id === 33 || id === 55 || id === 56)
    return 'time'
  const isDate = (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
  return isDate ? 'date' : 'number'
}
