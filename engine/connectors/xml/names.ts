const START = String.raw`A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}`
const REST = String.raw`${START}.0-9\u00B7\u0300-\u036F\u203F\u2040\-`

/** A name without prefix, as the source of a regular expression with the flag `u` (XML 1.0 fifth edition, 2.3; Namespaces in XML, 3). */
export const NAME_PATTERN: string = `[${START}][${REST}]*`

const IS_NAME = new RegExp(`^${NAME_PATTERN}$`, 'u')
const IS_START = new RegExp(`[${START}]`, 'u')
const IS_REST = new RegExp(`[${REST}]`, 'u')
const ESCAPED = /_x([0-9A-Fa-f]{4,6})_/g

export function isName(text: string): boolean {
  return IS_NAME.test(text)
}

/**
 * The name of an element for a column: what no name may hold is written as `_xHHHH_`, its code point in hex (ISO 9075-14, 9.1, "Mapping
 * SQL identifiers to XML names").
 */
export function elementName(column: string): string {
  if (isName(column) && !column.includes('_x') && !/^xml/i.test(column)) return column
  let name = ''
  let at = 0
  for (const character of column) {
    const isFit = (at === 0 ? IS_START : IS_REST).test(character)
    const isReserved = (at === 0 && /^xml/i.test(column)) || column.startsWith('_x', at)
    name += isFit && !isReserved ? character : escaped(character)
    at += character.length
  }
  return name
}

/** The column's name for the name of an element; the way back. */
export function columnName(element: string): string {
  if (!element.includes('_x')) return element
  return element.replaceAll(ESCAPED, (whole, hex: string) => {
    const code = Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function escaped(character: string): string {
  return `_x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}_`
}
