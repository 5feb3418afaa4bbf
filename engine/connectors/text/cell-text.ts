/** A value that a spreadsheet would run; apostrophes in front are part of it, so that escaping can be undone. */
export const FORMULA = "^'*[=+\\-@\\t\\r]"

/** Lists, arrays, structs, maps and unions. */
export function isNested(type: string): boolean {
  return /\]$|^(?:STRUCT|MAP|UNION)\b/.test(type)
}
