import { Failure } from '../../contract/failure.ts'
import type { Cell } from '../../contract/page.ts'
import type { ValuePlan } from '../shared/value-plan.ts'
import type { XmlTargetOptions } from './config.ts'
import { elementName } from './names.ts'

export interface PrintRequest {
  readonly dataset: string
  readonly plans: readonly ValuePlan[]
  readonly options: XmlTargetOptions
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
/** What XML 1.0 does not have (2.2, Char), lone surrogates included. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

export function printHead({ root }: XmlTargetOptions): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns:xsi="${XSI}">\n`
}

export function printTail({ root }: XmlTargetOptions): string {
  return `</${root}>\n`
}

/**
 * One row as an element, line feed included. NULL is an element with `xsi:nil`, or an attribute that is not there; so it is told from the
 * empty text.
 * @throws Failure `xml.unwritable` for a character that XML does not have
 */
export function printRow(row: readonly Cell[], { dataset, plans, options }: PrintRequest): string {
  const { record, attributes, pretty } = options
  let tag = `<${record}`
  let content = ''
  plans.forEach(({ column: { name } }, i) => {
    const cell = row[i] ?? null
    const text = cell === null ? null : escaped(cellText(cell), { dataset, column: name })
    const element = elementName(name)
    if (attributes.includes(name)) {
      if (text !== null)
        tag += ` ${element}="${text.replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;')}"`
      return
    }
    content += pretty ? '\n    ' : ''
    content += text === null ? `<${element} xsi:nil="true"/>` : `<${element}>${text}</${element}>`
  })
  const indent = pretty ? '  ' : ''
  if (content === '') return `${indent}${tag}/>\n`
  return `${indent}${tag}>${content}${pretty ? '\n  ' : ''}</${record}>\n`
}

function cellText(cell: Exclude<Cell, null>): string {
  if (Object.is(cell, -0)) return '-0'
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell)
}

function escaped(text: string, { dataset, column }: { readonly dataset: string; readonly column: string }): string {
  const unwritable = UNWRITABLE.exec(text)?.[0]
  if (unwritable !== undefined) {
    const code = (unwritable.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    throw new Failure('xml.unwritable', { file: dataset, column, character: `U+${code}` })
  }
  // A carriage return would be read as a line feed (2.11).
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')
}
