import type { Cell } from '../../../engine/contract/page.ts'
import type { Row } from './row-source.ts'
import { kindOfType, textOfCell } from './shown-cell.ts'

export const COPY_FORMATS = ['tsv', 'csv', 'json', 'sql', 'markdown'] as const
export type CopyFormat = (typeof COPY_FORMATS)[number]

export interface Copied {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly Row[]
  /** The table that INSERT statements name. */
  readonly table: string
}

/** Cells as text for the clipboard. Values are whole; NULL is told from empty text where the format can. */
export function copyText(format: CopyFormat, copied: Copied): string {
  return PRINTERS[format](copied)
}

const PRINTERS: Record<CopyFormat, (copied: Copied) => string> = {
  tsv: ({ rows }) => rows.map((row) => row.map((cell) => delimited(cell, '\t')).join('\t')).join('\n'),
  csv: ({ columns, rows }) =>
    [columns.map(({ name }) => name), ...rows]
      .map((row) => row.map((cell) => delimited(cell, ',')).join(','))
      .join('\r\n'),
  json: ({ columns, rows }) =>
    JSON.stringify(
      rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null]))),
      null,
      2,
    ),
  sql: printInserts,
  markdown: ({ columns, rows }) =>
    [
      columns.map(({ name }) => inTable(name)),
      columns.map(({ type }) => (kindOfType(type) === 'number' ? '--:' : '---')),
      ...rows.map((row) => row.map((cell) => inTable(textOfCell(cell)))),
    ]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n'),
}

/** RFC 4180: quoted where a delimiter, quote or line end stands in it; empty text is `""`, NULL nothing. */
function delimited(cell: Cell, delimiter: string): string {
  if (cell === '') return '""'
  const text = textOfCell(cell)
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function printInserts({ columns, rows, table }: Copied): string {
  const into = `INSERT INTO ${quoted(table)} (${columns.map(({ name }) => quoted(name)).join(', ')}) VALUES`
  const values = rows.map(
    (row) => `  (${row.map((cell, index) => literal(cell, columns[index]?.type ?? '')).join(', ')})`,
  )
  return rows.length === 0 ? '' : `${into}\n${values.join(',\n')};`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function literal(cell: Cell, type: string): string {
  if (cell === null) return 'NULL'
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  const text = textOfCell(cell)
  // NaN and infinities are text in every dialect.
  if (kindOfType(type) === 'number' && /^[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?$/.test(text)) return text
  return `'${text.replaceAll("'", "''")}'`
}

function inTable(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll(/\r\n?|\n/g, '<br>')
}
