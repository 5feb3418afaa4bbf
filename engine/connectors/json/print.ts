import { Failure } from '../../contract/failure.ts'
import type { Cell } from '../../contract/page.ts'
import type { NestedType } from '../shared/nested-type.ts'
import type { ValuePlan } from '../shared/value-plan.ts'
import type { JsonTargetOptions } from './config.ts'

export interface PrintRequest {
  readonly dataset: string
  readonly plans: readonly ValuePlan[]
  readonly options: JsonTargetOptions
}

/**
 * One row as a line of JSON, keys in column order, NULL as null. Integers and decimals keep every digit.
 * @throws Failure `target.rejected` for NaN and infinities unless an option says what to do.
 */
export function printRow(row: readonly Cell[], request: PrintRequest): string {
  const fields = request.plans.map(
    ({ column, type }, i) => `${JSON.stringify(column.name)}:${printValue(row[i] ?? null, type, request)}`,
  )
  return `{${fields.join(',')}}`
}

/** Lays a line of JSON out over several lines, two spaces a level. Numbers and strings stay as they are. */
export function indentJson(line: string): string {
  let depth = 0
  let out = ''
  const pattern = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g
  const tokens = line.match(pattern) ?? []
  const newline = (): string => `\n${'  '.repeat(depth)}`
  tokens.forEach((token, i) => {
    const previous = tokens[i - 1]
    if (token === '}' || token === ']') {
      depth--
      out += previous === '{' || previous === '[' ? token : newline() + token
    } else {
      if (previous === '{' || previous === '[' || previous === ',') out += newline()
      out += token === ':' ? ': ' : token
      if (token === '{' || token === '[') depth++
    }
  })
  return out
}

function printValue(cell: Cell, type: NestedType, request: PrintRequest): string {
  if (cell === null) return 'null'
  if (type.kind === 'leaf') return printLeaf(cell, type.name, request)
  if (type.kind === 'list') {
    const items = Array.isArray(cell) ? cell : []
    return `[${items.map((item) => printValue(item, type.item, request)).join(',')}]`
  }
  const values = typeof cell === 'object' && !Array.isArray(cell) ? cell : {}
  const fields = [...type.fields].map(
    ([name, field]) => `${JSON.stringify(name)}:${printValue(values[name] ?? null, field, request)}`,
  )
  return `{${fields.join(',')}}`
}

function printLeaf(cell: Cell, type: string, { dataset, options }: PrintRequest): string {
  if (typeof cell === 'boolean') return String(cell)
  if (typeof cell === 'number') return Object.is(cell, -0) ? '-0' : String(cell)
  if (typeof cell !== 'string') return JSON.stringify(cell)
  // A line feed in valid JSON can only stand between tokens.
  if (type === 'JSON') return cell.replaceAll(/[\n\r]/g, ' ')
  if (/INT$|^INTEGER$|^UINTEGER$|^DECIMAL/.test(type)) return options.numbers === 'text' ? JSON.stringify(cell) : cell
  if (type !== 'DOUBLE' && type !== 'FLOAT') return JSON.stringify(cell)
  if (options.nonFinite === 'null') return 'null'
  if (options.nonFinite === 'text') return JSON.stringify(cell)
  const reason = `JSON has no ${cell}; set the option nonFinite to null or text`
  throw new Failure('target.rejected', { target: dataset, reason })
}
