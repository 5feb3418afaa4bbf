/** A number as its digits: `-12.50` is sign -1, digits `1250`, scale 2. No trailing zeros beyond the point are kept. */
export interface DecimalText {
  readonly isNegative: boolean
  /** Without leading zeros; empty for zero. */
  readonly digits: string
  /** Digits after the point; 0 for whole numbers, whose trailing zeros are written out. */
  readonly scale: number
}

/** Exponents beyond this are no number a column of digits can hold. */
const MAX_EXPONENT = 400

/** The exact value of a decimal text (JSON's form, and a leading `+`), or undefined when it is none or its exponent is absurd. */
export function parseDecimal(text: string): DecimalText | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', fraction = '', exponentText = '0'] = match
  const exponent = Number(exponentText)
  if (Math.abs(exponent) > MAX_EXPONENT) return undefined
  let digits = whole + fraction
  let scale = fraction.length - exponent
  while (scale > 0 && digits.endsWith('0')) {
    digits = digits.slice(0, -1)
    scale--
  }
  digits = digits.replace(/^0+/, '')
  if (digits === '') return { isNegative: sign === '-', digits, scale: 0 }
  if (scale < 0) {
    digits += '0'.repeat(-scale)
    scale = 0
  }
  return { isNegative: sign === '-', digits, scale }
}

/** The plain form without an exponent. */
export function printDecimal({ isNegative, digits, scale }: DecimalText): string {
  const padded = digits.padStart(scale + 1, '0')
  const whole = padded.slice(0, padded.length - scale)
  const fraction = scale === 0 ? '' : `.${padded.slice(padded.length - scale)}`
  return `${isNegative ? '-' : ''}${whole}${fraction}`
}

/** Whether a double gives back exactly these digits when it is printed with as many of them. */
export function keepsDigits(text: string): boolean {
  const number = Number(text)
  if (!Number.isFinite(number)) return false
  const decimal = parseDecimal(text)
  if (decimal === undefined) return false
  if (decimal.digits === '') return true
  const significant = decimal.digits.replace(/0+$/, '').length
  if (number === 0 || significant > 100) return false
  if (significant <= 15 && Math.abs(number) > 1e-290) return true
  const printed = parseDecimal(number.toPrecision(significant))
  return printed !== undefined && printed.digits === decimal.digits && printed.scale === decimal.scale
}
