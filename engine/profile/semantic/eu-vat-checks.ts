import { mod97, passesLuhn, weightedSum } from './checksums.ts'

type Check = (number: string) => boolean

/**
 * Whether the national part of a VAT number passes its check digit, by country; what is not here is judged by its format.
 *
 * The rules are those that the tax administrations publish, as python-stdnum 2.1 has them.
 */
export const VAT_CHECKS: Readonly<Record<string, Check>> = {
  AT: (number) => passesAustrian(number.slice(1)),
  BE: (number) => 97 - (Number(number.slice(0, 8)) % 97) === Number(number.slice(8)),
  // Ten digits are those of persons, whose kinds have rules of their own.
  BG: (number) => number.length === 10 || passesBulgarian(number),
  CY: (number) => !number.startsWith('12') && number[8] === cypriotLetter(number),
  // Nine and ten digits are birth numbers.
  CZ: (number) => number.length !== 8 || (number[0] !== '9' && last(number) === (czechDigit(number) || 1) % 10),
  DE: passesMod11_10,
  DK: (number) => dot(number, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  EE: (number) => dot(number, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
  EL: (number) => (dot(number, [256, 128, 64, 32, 16, 8, 4, 2, 0]) % 11) % 10 === last(number),
  ES: passesSpanish,
  FI: (number) => dot(number, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0,
  FR: passesFrench,
  HR: passesMod11_10,
  HU: (number) => dot(number, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0,
  IE: passesIrish,
  // Behind the seven digits of the company stands the number of the office that gave it.
  IT: (number) => /^(?!0{7})\d{7}(?:0(?!00)\d\d|100|12[01]|888|999)\d$/.test(number) && passesLuhn(number),
  LT: passesLithuanian,
  LU: (number) => Number(number.slice(0, 6)) % 89 === Number(number.slice(6)),
  // Numbers that begin with 0 to 3 are those of persons.
  LV: (number) => /^[0-3]/.test(number) || dot(number, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3,
  MT: (number) => dot(number, [3, 4, 6, 7, 8, 9, 10, 1]) % 37 === 0,
  // Since 2020 sole traders have numbers that pass as a whole.
  NL: (number) =>
    dot(number.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) % 11 === Number(number[8]) || mod97(`NL${number}`) === 1,
  PL: (number) => dot(number.slice(0, 9), [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(number[9]),
  PT: (number) => ((11 - (dot(number.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === Number(number[8]),
  RO: (number) => ((10 * dot(number.padStart(10, '0'), [7, 5, 3, 2, 1, 7, 5, 3, 2, 0])) % 11) % 10 === last(number),
  SE: (number) => passesLuhn(number.slice(0, 10)),
  SI: (number) => {
    const check = 11 - (dot(number, [8, 7, 6, 5, 4, 3, 2, 0]) % 11)
    return (check === 10 ? 0 : check) === last(number)
  },
  SK: (number) => Number(number) % 11 === 0,
}

function dot(digits: string, weights: readonly number[]): number {
  return weightedSum(digits, (i) => weights[i] ?? 0, Number)
}

function last(digits: string): number {
  return Number(digits.at(-1))
}

/** ISO 7064 MOD 11,10. */
function passesMod11_10(digits: string): boolean {
  let rest = 10
  for (const digit of digits.slice(0, -1)) rest = (((rest + Number(digit)) % 10 || 10) * 2) % 11
  return (rest + last(digits)) % 10 === 1
}

/** Luhn's sum over the first seven digits from the left, and 4 more. */
function passesAustrian(digits: string): boolean {
  const sum = weightedSum(digits.slice(0, 7), () => 1, Number)
  const doubled = [1, 3, 5].reduce((total, i) => total + spread(Number(digits[i])) - Number(digits[i]), 0)
  return (10 - ((sum + doubled + 4) % 10)) % 10 === Number(digits[7])
}

function spread(digit: number): number {
  return digit * 2 > 9 ? digit * 2 - 9 : digit * 2
}

function passesBulgarian(number: string): boolean {
  const body = number.slice(0, 8)
  const first = weightedSum(body, (i) => i + 1, Number) % 11
  return (first === 10 ? weightedSum(body, (i) => i + 3, Number) % 11 : first) % 10 === last(number)
}

const CYPRIOT = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21]

function cypriotLetter(number: string): string {
  const sum = Array.from(number.slice(0, 8)).reduce(
    (total, digit, i) => total + (i % 2 === 0 ? (CYPRIOT[Number(digit)] ?? 0) : Number(digit)),
    0,
  )
  return String.fromCodePoint(65 + (sum % 26))
}

function czechDigit(number: string): number {
  return (((11 - dot(number, [8, 7, 6, 5, 4, 3, 2])) % 11) + 11) % 11
}

const SPANISH_PERSON = 'TRWAGMYFPDXBNJZSQVHLCKE'
const SPANISH_COMPANY = 'JABCDEFGHI'

/** A person's number with its letter, also with X, Y or Z for a foreigner; or a company's with a digit or a letter. */
function passesSpanish(number: string): boolean {
  const [kind = '', check = ''] = [number[0], number[8]]
  const body = number.slice(1, 8)
  if (/[KLM]/.test(kind)) return SPANISH_PERSON[Number(body) % 23] === check
  const digits = `${'XYZ'.includes(kind) ? 'XYZ'.indexOf(kind) : kind}${body}`
  if (/^\d{8}$/.test(digits)) return SPANISH_PERSON[Number(digits) % 23] === check
  if (!/[A-HJNP-SU-W]/.test(kind)) return false
  const digit = Array.from({ length: 10 }, (_, i) => String(i)).find((one) => passesLuhn(body + one)) ?? ''
  return check === digit || check === SPANISH_COMPANY[Number(digit)]
}

/** Two check digits before a company's SIREN, which passes Luhn's check but in Monaco (000); with letters there is no rule. */
function passesFrench(number: string): boolean {
  if (!/^\d{11}$/.test(number)) return true
  const siren = number.slice(2)
  return (
    (siren.startsWith('000') || passesLuhn(siren)) &&
    (12 + 3 * (Number(siren) % 97)) % 97 === Number(number.slice(0, 2))
  )
}

const IRISH = 'WABCDEFGHIJKLMNOPQRSTUV'

/** Since 2013 seven digits, the check letter, and perhaps one more; before with a letter or sign in the second place. */
function passesIrish(number: string): boolean {
  const isNew = /^\d{7}/.test(number)
  const [digits, more] = isNew ? [number.slice(0, 7), number.slice(8)] : [`0${number.slice(2, 7)}${number[0]}`, '']
  const sum = dot(digits, [8, 7, 6, 5, 4, 3, 2]) + 9 * Math.max(IRISH.indexOf(more), 0)
  return IRISH.includes(more) && IRISH[sum % 23] === number[7]
}

function passesLithuanian(number: string): boolean {
  const body = number.slice(0, -1)
  if (body.at(-1) !== '1') return false
  const first = weightedSum(body, (i) => 1 + (i % 9), Number) % 11
  const check = first === 10 ? weightedSum(body, (i) => 1 + ((i + 2) % 9), Number) % 11 : first
  return check % 10 === last(number)
}
