import type { Cell } from '../../../engine/contract/page.ts'
import { cellText, isNumeric } from './cell-text.ts'
import type { GridColumn } from './grid-types.ts'

export const COPY_FORMATS = ['tsv', 'csv', 'json', 'sql', 'markdown'] as const
export type CopyFormat = (typeof COPY_FORMATS)[number]

interface Copied {
  readonly columns: readonly GridColumn[]
  readonly rows: readonly (readonly Cell[])[]
}

/** A block of cells as text. `tsv` has no header, as spreadsheets paste it; NULL and empty text differ wherever the format can. */
export function copyText(format: CopyFormat, { columns, rows }: Copied): string {
  switch (format) {
    case 'tsv':
      return rows.map((row) => row.map((cell) => tsvField(cellText(cell))).join('\t')).join('\n')
    case 'csv':
      return [columns.map(({ name }) => csvField(name)), ...rows.map((row) => row.map(csvCell))]
        .map((line) => line.join(','))
        .join('\n')
    case 'json':
      return JSON.stringify(
        rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null]))),
        null,
        2,
      )
    case 'sql':
      return rows
        .map((row) => `(${row.map((cell, index) => sqlLiteral(cell, columns[index]?.type ?? '')).join(', ')})`)
        .join(',\n')
    case 'markdown':
      return [
        columns.map(({ name }) => markdownCell(name)),
        columns.map(() => '---'),
        ...rows.map((row) => row.map((cell) => markdownCell(cellText(cell)))),
      ]
        .map((line) => `| ${line.join(' | ')} |`)
        .join('\n')
    default:
      return format satisfies never
  }
}

function tsvField(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function csvField(text: string): string {
  return /[",\n\r]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text
}

/** NULL is nothing, empty text is two quotes. */
function csvCell(cell: Cell): string {
  return cell === null ? '' : csvField(cellText(cell))
}

function sqlLiteral(cell: Cell, type: string): string {
  if (cell === null) return 'NULL'
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
  const text = cellText(cell)
  return isNumeric(type) && /^-?\d+(\.\d+)?$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`
}

function markdownCell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\r?\n/g, '<br>')
}
