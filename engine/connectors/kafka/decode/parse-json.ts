import { NumberText, Unfit, type Value } from './decoded.ts'

/** Digits that a JavaScript number may not keep; exponents may hide them. */
const MAY_LOSE = /[\d.]{16}|\d[eE]/

/** @throws Unfit with the parser's reason */
export function parseJson(text: string): Value {
  try {
    return MAY_LOSE.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
  } catch (error) {
    throw new Unfit(`not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

interface ReviverContext {
  readonly source?: string
}

function keepDigits(_name: string, value: Value, context?: ReviverContext): Value {
  if (typeof value !== 'number' || context?.source === undefined) return value
  const { source } = context
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value) ? value : BigInt(source)
  return isKept(source, value) ? value : new NumberText(source)
}

/** Fifteen significant digits always come back from a double. */
function isKept(source: string, value: number): boolean {
  const [mantissa = ''] = source.split(/e/i)
  const digits = mantissa.replace(/[-.]/g, '').replace(/^0+/, '')
  return Number.isFinite(value) && digits.length <= 15
}

/** JSON of a value; long numbers keep their digits, bytes are base64. */
export function printJson(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : `"${value}"`
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (value === null) return 'null'
  if (value instanceof NumberText) return value.text
  if (Buffer.isBuffer(value)) return `"${value.toString('base64')}"`
  if (isList(value)) return `[${value.map(printJson).join(',')}]`
  const parts: string[] = []
  for (const [name, part] of Object.entries(value)) {
    if (part !== undefined) parts.push(`${JSON.stringify(name)}:${printJson(part)}`)
  }
  return `{${parts.join(',')}}`
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}
