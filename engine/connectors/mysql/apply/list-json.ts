import { Failure } from '../../../contract/failure.ts'

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL.*|FLOAT|DOUBLE)$/

/**
 * JSON of a list as PostgreSQL writes it (documentation, "Array Input and Output Syntax"): `{1,NULL,"a\"b"}`.
 * @throws Failure `type.unsupported` for several dimensions and other lower bounds, which copies reject as well
 */
export function listJson(text: string, elementType: string): string {
  if (!text.startsWith('{') || !text.endsWith('}')) throw refused(text)
  const elements: string[] = []
  for (let at = 1; at < text.length - 1; ) {
    const { element, isQuoted, end } = elementAt(text, at)
    if (!isQuoted && element.startsWith('{')) throw refused(text)
    elements.push(!isQuoted && element === 'NULL' ? 'null' : jsonOf(element, elementType))
    at = end + 1
  }
  return `[${elements.join(',')}]`
}

function elementAt(text: string, start: number): { element: string; isQuoted: boolean; end: number } {
  if (text[start] !== '"') {
    const comma = text.indexOf(',', start)
    const end = comma < 0 ? text.length - 1 : comma
    return { element: text.slice(start, end), isQuoted: false, end }
  }
  let element = ''
  let at = start + 1
  for (; text[at] !== '"'; at++) {
    if (at >= text.length) throw refused(text)
    if (text[at] === '\\') at++
    element += text[at]
  }
  return { element, isQuoted: true, end: at + 1 }
}

function jsonOf(element: string, type: string): string {
  if (type === 'BOOLEAN') return element === 't' ? 'true' : 'false'
  if (type === 'JSON') return element
  if (!NUMBER.test(type)) return JSON.stringify(element)
  if (type === 'DOUBLE' || type === 'FLOAT')
    return String(type === 'FLOAT' ? Math.fround(Number(element)) : Number(element))
  return type.startsWith('DECIMAL') && element.includes('.') ? element.replace(/\.?0+$/, '') : element
}

function refused(text: string): Failure {
  return new Failure('type.unsupported', {
    column: text.slice(0, 40),
    type: 'list',
    reason: 'only lists of one dimension that begin at 1 become JSON',
  })
}
