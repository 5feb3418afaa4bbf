import type { NameCase } from '../../contract/standard-file.ts'

// Letters without case (Han) count as lower and as upper ones.
const FORMS: Readonly<Record<NameCase, RegExp>> = {
  snake: /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}]*(_[\p{Ll}\p{Lo}\p{N}]+)*$/u,
  upper_snake: /^[\p{Lu}\p{Lo}][\p{Lu}\p{Lo}\p{N}]*(_[\p{Lu}\p{Lo}\p{N}]+)*$/u,
  camel: /^[\p{Ll}\p{Lo}][\p{L}\p{N}]*$/u,
  pascal: /^[\p{Lu}\p{Lo}][\p{L}\p{N}]*$/u,
  kebab: /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}]*(-[\p{Ll}\p{Lo}\p{N}]+)*$/u,
}

export function isInCase(name: string, wanted: NameCase): boolean {
  return FORMS[wanted].test(name)
}

/** The words, in lower case, as one name. */
export function nameInCase(words: readonly string[], wanted: NameCase): string {
  switch (wanted) {
    case 'snake':
      return words.join('_')
    case 'upper_snake':
      return words.join('_').toUpperCase()
    case 'kebab':
      return words.join('-')
    case 'camel':
      return words.map((word, i) => (i === 0 ? word : capital(word))).join('')
    case 'pascal':
      return words.map(capital).join('')
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
