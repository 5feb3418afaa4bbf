/** Luhn's check (ISO/IEC 7812-1 annex B) over decimal digits, the check digit last. */
export function passesLuhn(digits: string): boolean {
  return luhnSum(digits) % 10 === 0
}

/** The digit that makes `body` + digit pass Luhn's check. */
export function luhnDigit(body: string): string {
  return String((10 - (luhnSum(`${body}0`) % 10)) % 10)
}

function luhnSum(digits: string): number {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum
}

const ID_CARD_CHECKS = '10X98765432'

/** The 18th character of a resident identity number (GB 11643-1999, ISO 7064 MOD 11-2) for its first 17 digits. */
export function idCardCheck(body: string): string {
  const sum = weightedSum(body, (i) => 2 ** (17 - i) % 11, Number)
  return ID_CARD_CHECKS[sum % 11] ?? ''
}

const CREDIT_CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** The 18th character of a unified social credit code (GB 32100-2015) for its first 17; empty when a character is not allowed. */
export function creditCodeCheck(body: string): string {
  const values = Array.from(body).map((character) => CREDIT_CODE_CHARACTERS.indexOf(character))
  if (values.includes(-1)) return ''
  const sum = values.reduce((total, value, i) => total + value * (3 ** i % 31), 0)
  return CREDIT_CODE_CHARACTERS[(31 - (sum % 31)) % 31] ?? ''
}

/** ISO 7064 MOD 97-10 of letters and digits, letters counting from A = 10. */
export function mod97(text: string): number {
  let rest = 0
  for (const character of text) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}

/** Sum of each character's value times its weight. */
export function weightedSum(text: string, weight: (i: number) => number, value: (character: string) => number): number {
  return Array.from(text).reduce((sum, character, i) => sum + value(character) * weight(i), 0)
}
